import { useState, type ReactNode } from 'react';
import { describeRefusal } from '../../../shared/base/errors.ts';
import { canCreateAppeal } from '../../../shared/domain/incoming-email/class-rules.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { intakeChannelTitles, placeTitles } from '../../../shared/domain/appeal/model.ts';
import { call } from '../../bridge.ts';
import type { DocumentForm } from '../../document/use-document-form.tsx';
import { useDocument } from '../../document/use-document.ts';
import { tellRefusal, useNotAllowed } from '../../store/commands.ts';
import { useUser } from '../../store/session.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { choicesOf } from '../../ui/choice-field.tsx';
import { CommandBar, CommandGap } from '../../ui/command-bar.tsx';
import { DocumentFrame, Strip } from '../../ui/document-frame.tsx';
import { FormBody, ReadonlyField, Section } from '../../ui/field.tsx';
import { formatDate } from '../../ui/format.ts';
import { SelectField } from '../../ui/select-field.tsx';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { TextArea } from '../../ui/text-field.tsx';
import { AttachmentEditor } from '../outgoing-email/attachment-editor.tsx';
import { AppealSide } from './appeal-side.tsx';
import { Classification } from './classification.tsx';

type TabKey = 'main' | 'files';

interface AppealEditorProps {
  readonly form: DocumentForm<'appeal'>;
  readonly email: IncomingEmail;
}

/** Why the appeal cannot be written now: the letter has moved on, or the right is missing. */
function useBlocked(email: IncomingEmail): string | undefined {
  const { userId } = useUser();
  const denied = useNotAllowed('appeal.create');
  const now = useDocument('incomingEmail', email.id);
  const refusal = canCreateAppeal(now?.document ?? email, userId);
  if (denied !== undefined || refusal === null) return denied;
  const { text, advice } = describeRefusal(refusal);
  return `${text}. ${advice}`;
}

/** A new appeal made from a letter (2.10.1): «Записать» registers it and ends the letter's task. */
export function AppealEditor({ form, email }: AppealEditorProps): ReactNode {
  const [tab, setTab] = useState<TabKey>('main');
  const blocked = useBlocked(email);
  const { attachments } = form.values;
  const tabs: readonly Tab<TabKey>[] = [
    { key: 'main', label: 'Основное' },
    { key: 'files', label: 'Файлы', count: attachments.length },
  ];
  // Fields that are asked for stand on the first tab.
  const write = (closing: boolean): void => {
    setTab('main');
    void (closing ? form.saveAndClose() : form.save());
  };
  return (
    <DocumentFrame
      title="Обращение"
      badge={<Badge>Новое</Badge>}
      note={`из письма ${email.number ?? ''} от ${formatDate(email.receivedAt)}`}
      onClose={form.close}
      commands={
        <CommandBar end={<span className="okno-text2 okno-cut">После записи обращение уйдёт в АС ФЭУ, клиент получит номер</span>}>
          <Button variant="primary" keys="Ctrl+Enter" reason={blocked} onClick={() => write(true)}>
            Записать и закрыть
          </Button>
          <Button keys="Ctrl+S" reason={blocked} onClick={() => write(false)}>
            Записать
          </Button>
          <CommandGap />
          <Button letter="Ф" onClick={() => void addFiles(form)}>
            Добавить файлы
          </Button>
        </CommandBar>
      }
      {...(form.restored ? { strip: <Strip tone="neutral">Введённое до закрытия программы восстановлено. Обращение не записано.</Strip> } : {})}
    >
      <Tabs label="Разделы обращения" tabs={tabs} current={tab} onChange={setTab} />
      <div className="appeal-body" role="tabpanel" aria-label={tabs.find(({ key }) => key === tab)?.label}>
        {tab === 'main' ? <MainTab form={form} email={email} /> : null}
        {tab === 'files' ? (
          <FormBody label={88}>
            <AttachmentEditor attachments={attachments} reason={undefined} onChange={(next) => form.set({ attachments: next })} />
          </FormBody>
        ) : null}
      </div>
    </DocumentFrame>
  );
}

function MainTab({ form, email }: AppealEditorProps): ReactNode {
  const { values } = form;
  const place = choicesOf(placeTitles);
  const registration = form.field('registrationPlace');
  const delivery = form.field('deliveryPlace');
  const channel = form.field('intakeChannel');
  return (
    <FormBody columns={2} label={184}>
      <div className="appeal-column">
        <Classification appeal={values} />
        <Section title="Регистрация">
          <SelectField label="Место регистрации" choices={place} {...registration} onChange={(value) => (value === null ? undefined : registration.onChange(value))} />
          <SelectField label="Место выдачи документов" choices={place} {...delivery} onChange={(value) => (value === null ? undefined : delivery.onChange(value))} />
          <ReadonlyField label="Номер интернет карточки">{values.internetCardNumber}</ReadonlyField>
          <SelectField label="Канал поступления" choices={choicesOf(intakeChannelTitles)} {...channel} onChange={(value) => (value === null ? undefined : channel.onChange(value))} />
        </Section>
        <Section title="Содержание">
          <TextArea label="Содержание" labelHidden wide rows={9} maxRows={24} {...form.field('content')} />
        </Section>
      </div>
      <AppealSide form={form} email={email} />
    </FormBody>
  );
}

/** The user chooses files; they are stored here at once and uploaded before the appeal is. */
async function addFiles(form: DocumentForm<'appeal'>): Promise<void> {
  const answer = await call('file.choose', {});
  if (!answer.ok) tellRefusal(answer.refusal);
  else if (answer.value.length > 0) form.set({ attachments: [...form.values.attachments, ...answer.value.map((file) => ({ ...file, id: crypto.randomUUID(), contentId: null, inline: false }))] });
}
