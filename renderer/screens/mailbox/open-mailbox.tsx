import { useEffect, useState, type ReactNode } from 'react';
import { describeRefusal } from '../../../shared/base/errors.ts';
import { afterTakingTitles, mailAuthTitles, mailboxPurposeTitles, mailboxSendingTitles, mailSecurityTitles, type Mailbox } from '../../../shared/domain/mailbox/model.ts';
import { mailboxLabels, mailboxProblem, needsLogin, tidyMailbox } from '../../../shared/domain/mailbox/rules.ts';
import type { Connection } from '../../../shared/protocol/ipc.ts';
import type { MailboxCheck } from '../../../shared/protocol/http.ts';
import { call } from '../../bridge.ts';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { useNotAllowed } from '../../store/commands.ts';
import { useConnection, useOffline } from '../../store/connection.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { CheckField, choicesOf, SegmentedField } from '../../ui/choice-field.tsx';
import { CommandBar, CommandGap } from '../../ui/command-bar.tsx';
import { DateField } from '../../ui/date-field.tsx';
import { DocumentFrame, Strip } from '../../ui/document-frame.tsx';
import { FormBody, ReadonlyField, Section } from '../../ui/field.tsx';
import { NumberField } from '../../ui/number-field.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextArea, TextField } from '../../ui/text-field.tsx';
import { linesOf } from '../../ui/text-lines.ts';
import { mailboxState } from './mailbox-state.ts';
import { SecretDialog, secretNamesOf, secretTitles } from './secret-dialog.tsx';

interface Parts {
  readonly form: DocumentForm<'mailbox'>;
  readonly reason: string | undefined;
}

const labelOf = (field: keyof typeof mailboxLabels): string => mailboxLabels[field];

function Account({ form, reason, secrets }: Parts & { readonly secrets: string }): ReactNode {
  const { values } = form;
  return (
    <Section title="Ящик">
      <TextField label={labelOf('address')} reserve {...form.field('address')} reason={reason} maxLength={254} />
      <SegmentedField label={labelOf('purpose')} choices={choicesOf(mailboxPurposeTitles)} {...form.field('purpose')} onChange={(purpose) => form.set({ purpose })} reason={reason} />
      <CheckField label={labelOf('active')} {...form.field('active')} reason={reason} />
      {needsLogin(values) ? (
        <>
          <TextField label={labelOf('login')} {...form.field('login')} reason={reason} maxLength={254} />
          <SegmentedField label={labelOf('auth')} choices={choicesOf(mailAuthTitles)} {...form.field('auth')} onChange={(auth) => form.set({ auth })} reason={reason} />
          {values.auth === 'oauth2' ? (
            <>
              <TextField label={labelOf('tokenUrl')} placeholder="https://" {...form.field('tokenUrl')} reason={reason} maxLength={1000} />
              <TextField label={labelOf('clientId')} {...form.field('clientId')} reason={reason} maxLength={500} />
              <TextField label={labelOf('tokenScope')} {...form.field('tokenScope')} reason={reason} maxLength={1000} />
            </>
          ) : null}
          <ReadonlyField label={values.auth === 'password' ? 'Пароль' : 'Секреты OAuth2'}>{secrets}</ReadonlyField>
          <TextArea label={labelOf('authority')} hint="Текст сертификата (PEM), если серверам выдал его центр сертификации компании" placeholder="-----BEGIN CERTIFICATE-----" {...form.field('authority')} reason={reason} rows={2} maxRows={6} />
        </>
      ) : null}
    </Section>
  );
}

function Receiving({ form, reason }: Parts): ReactNode {
  const { values } = form;
  return (
    <Section title="Приём писем">
      <CheckField label={labelOf('receives')} {...form.field('receives')} reason={reason} />
      {values.receives ? (
        <>
          <TextField label={labelOf('imapHost')} {...form.field('imapHost')} reason={reason} maxLength={253} />
          <NumberField label={labelOf('imapPort')} {...form.field('imapPort')} onChange={(port) => form.set({ imapPort: port as number })} reason={reason} />
          <SegmentedField label={labelOf('imapSecurity')} choices={choicesOf(mailSecurityTitles)} {...form.field('imapSecurity')} onChange={(imapSecurity) => form.set({ imapSecurity })} reason={reason} />
          <TextArea label={labelOf('folders')} hint="По одной в строке, как они называются на сервере" {...form.field('folders')} value={values.folders.join('\n')} onChange={(lines) => form.set({ folders: linesOf(lines) })} reason={reason} rows={2} />
          <SelectField label={labelOf('afterTaking')} choices={choicesOf(afterTakingTitles)} {...form.field('afterTaking')} onChange={(afterTaking) => (afterTaking === null ? undefined : form.set({ afterTaking }))} reason={reason} />
          {values.afterTaking === 'move' ? <TextField label={labelOf('moveTo')} {...form.field('moveTo')} reason={reason} maxLength={500} /> : null}
          <DateField label={labelOf('takeFrom')} hint="Пришедшие раньше не берутся. Пусто – берутся все" {...form.field('takeFrom')} reason={reason} />
        </>
      ) : null}
    </Section>
  );
}

function Sending({ form, reason }: Parts): ReactNode {
  const { values } = form;
  return (
    <Section title="Отправка писем">
      <SelectField label={labelOf('sending')} choices={choicesOf(mailboxSendingTitles)} {...form.field('sending')} onChange={(sending) => (sending === null ? undefined : form.set({ sending }))} reason={reason} />
      {values.sending === 'own' ? (
        <>
          <TextField label={labelOf('smtpHost')} {...form.field('smtpHost')} reason={reason} maxLength={253} />
          <NumberField label={labelOf('smtpPort')} {...form.field('smtpPort')} onChange={(port) => form.set({ smtpPort: port as number })} reason={reason} />
          <SegmentedField label={labelOf('smtpSecurity')} choices={choicesOf(mailSecurityTitles)} {...form.field('smtpSecurity')} onChange={(smtpSecurity) => form.set({ smtpSecurity })} reason={reason} />
          <NumberField label={labelOf('perMinute')} {...form.field('perMinute')} onChange={(count) => form.set({ perMinute: count as number })} reason={reason} />
          <NumberField label={labelOf('perDay')} hint="Предел почтового сервера. 0 – без предела" {...form.field('perDay')} onChange={(count) => form.set({ perDay: count as number })} reason={reason} />
        </>
      ) : null}
    </Section>
  );
}

/** Which secrets the centre has, in words; asked again when `version` changes. */
function useSecrets(mailbox: Mailbox, offline: boolean, version: number): string {
  const [names, setNames] = useState<readonly string[] | null>(null);
  useEffect(() => {
    let current = true;
    if (!offline) {
      void call('mailbox.secretNames', { mailboxId: mailbox.id }).then((answer) => {
        if (current && answer.ok) setNames(answer.value.names);
      });
    }
    return () => {
      current = false;
    };
  }, [mailbox.id, offline, version]);
  if (names === null) return offline ? 'Известно только в центре' : '…';
  const wanted = secretNamesOf(mailbox);
  if (mailbox.auth === 'password') return names.includes('password') ? 'Задан' : 'Не задан';
  return wanted.map((name) => `${secretTitles[name]}: ${names.includes(name) ? 'задан' : 'не задан'}`).join(', ');
}

interface Checked {
  readonly running: boolean;
  readonly outcome: MailboxCheck | string | null;
}

function CheckStrips({ outcome, running }: Checked): ReactNode {
  if (running) return <Strip tone="neutral">Проверка соединения…</Strip>;
  if (outcome === null) return null;
  if (typeof outcome === 'string') return <Strip tone="red">{outcome}</Strip>;
  const lines = [['Приём', outcome.imap], ['Отправка', outcome.smtp]] as const;
  const shown = lines.flatMap(([title, line]) => (line === null ? [] : [{ title, ...line }]));
  if (shown.length === 0) return <Strip tone="neutral">Проверять нечего: письма не забираются и уходят через общий сервер.</Strip>;
  return shown.map(({ title, ok, text }) => (
    <Strip key={title} tone={ok ? 'neutral' : 'red'}>
      {title}: {text}
    </Strip>
  ));
}

const noExternal: Connection['external'] = [];

/** The card of a mailbox with its commands. */
export function OpenMailbox({ form }: { readonly form: DocumentForm<'mailbox'> }): ReactNode {
  const { values, base, isNew } = form;
  const denied = useNotAllowed(isNew ? 'mailbox.create' : 'mailbox.save');
  const offline = useOffline();
  const external = useConnection(({ connection }) => connection?.external ?? noExternal);
  const [asking, setAsking] = useState(false);
  const [version, setVersion] = useState(0);
  const [checked, setChecked] = useState<Checked>({ running: false, outcome: null });
  const secrets = useSecrets(values, offline, version);
  const state = mailboxState(base, external, form.pending);
  const atCentre = denied ?? (isNew ? 'Сначала запишите ящик' : form.pending ? 'Ящик ещё не принят центром, подождите' : undefined);
  const noSecrets = atCentre ?? (offline ? 'Нет связи с центром: секреты задаются только в центре' : needsLogin(values) ? undefined : 'Этому ящику вход не нужен');
  const noCheck = atCentre ?? (offline ? 'Нет связи с центром: проверяет он' : checked.running ? 'Проверка идёт' : undefined);
  const check = async (): Promise<void> => {
    const problem = mailboxProblem(tidyMailbox(values));
    if (problem !== null) return form.refused(problem);
    setChecked({ running: true, outcome: null });
    const answer = await call('mailbox.check', { mailbox: values });
    const told = answer.ok ? answer.value : describeRefusal(answer.refusal);
    setChecked({ running: false, outcome: 'text' in told ? `${told.text}. ${told.advice}` : told });
  };
  return (
    <DocumentFrame
      title={isNew ? 'Новый почтовый ящик' : base.address}
      badge={isNew ? undefined : <Badge tone={state.tone}>{state.text}</Badge>}
      note={form.pending ? 'к отправке в центр' : undefined}
      onClose={form.close}
      strip={
        <>
          {form.restored ? <Strip tone="neutral">Введённое до закрытия программы восстановлено.</Strip> : null}
          {offline ? <Strip>Нет связи с центром: карточку можно записать, она уйдёт сама. Секреты и проверка соединения без связи недоступны.</Strip> : null}
          {state.detail === '' || isNew ? null : <Strip tone="red">{state.detail}</Strip>}
          {values.imapSecurity === 'none' && values.receives ? <Strip>Приём без защиты: пароль и письма видны в сети. Так можно только внутри одной машины.</Strip> : null}
          <CheckStrips {...checked} />
        </>
      }
      commands={
        <CommandBar>
          <Button variant="primary" keys="Ctrl+Enter" reason={denied} onClick={() => void form.saveAndClose()}>
            Записать и закрыть
          </Button>
          <Button keys="Ctrl+S" reason={denied} onClick={() => void form.save()}>
            Записать
          </Button>
          <CommandGap />
          <Button letter="П" reason={noSecrets} onClick={() => setAsking(true)}>
            {values.auth === 'password' ? 'Задать пароль' : 'Задать секреты OAuth2'}
          </Button>
          <Button letter="С" reason={noCheck} onClick={() => void check()}>
            Проверить соединение
          </Button>
        </CommandBar>
      }
    >
      <FormBody columns={2} label={136}>
        <Account form={form} reason={denied} secrets={isNew ? 'Задаются после записи' : secrets} />
        <div>
          <Receiving form={form} reason={denied} />
          <Sending form={form} reason={denied} />
        </div>
      </FormBody>
      {asking ? <SecretDialog mailbox={values} onClose={() => setAsking(false)} onSet={() => setVersion(version + 1)} /> : null}
      {form.dialogs}
    </DocumentFrame>
  );
}
