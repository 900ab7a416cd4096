import { useEffect, useState, type ReactNode } from 'react';
import type { Mailbox } from '../../../shared/domain/mailbox/model.ts';
import { mailboxLabels, requiredFields } from '../../../shared/domain/mailbox/rules.ts';
import { call } from '../../bridge.ts';
import { usePlace } from '../../document/place-context.ts';
import { useDocumentForm } from '../../document/use-document-form.tsx';
import { dropPlace } from '../../store/places.ts';
import { DocumentFrame } from '../../ui/document-frame.tsx';
import { EmptyState, LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { moscowDay } from '../dictionary/dictionary-fields.ts';
import { mailboxFieldText } from './mailbox-values.ts';
import { OpenMailbox } from './open-mailbox.tsx';

/** A new mailbox takes what comes from today on: what lies there already is not made into tasks unless it is wanted. */
function newMailbox(id: string): Mailbox {
  return {
    id, address: '', purpose: 'clients', active: true, login: '', auth: 'password', tokenUrl: '', clientId: '', tokenScope: '', authority: '', receives: true, imapHost: '', imapPort: 993, imapSecurity: 'tls', folders: ['INBOX'],
    afterTaking: 'seen', moveTo: '', takeFrom: moscowDay(new Date().toISOString()), sending: 'relay', smtpHost: '', smtpPort: 587, smtpSecurity: 'starttls', perMinute: 0, perDay: 0,
  };
}

/** «Почтовый ящик»: opened by id, or new (`kind`: new). */
export function MailboxForm(): ReactNode {
  const { key, params } = usePlace();
  const id = params['id'] ?? '';
  const isNew = params['kind'] === 'new';
  const [initial, setInitial] = useState<Mailbox | 'stored' | 'failed' | null>(null);
  useEffect(() => {
    let current = true;
    const begin = async (): Promise<Mailbox | 'stored'> => (isNew && (await call('document.get', { type: 'mailbox', id })) === null ? newMailbox(id) : 'stored');
    begin().then(
      (value) => current && setInitial((held) => held ?? value),
      () => current && setInitial('failed'),
    );
    return () => {
      current = false;
    };
  }, [id, isNew]);
  const slow = useSlow(initial === null);
  if (initial === null || initial === 'failed') {
    return (
      <DocumentFrame title="Почтовый ящик" onClose={() => dropPlace(key)}>
        {initial === 'failed' ? <EmptyState title="Карточка не прочитана">Закройте её и откройте снова. Введённое раньше не потеряно.</EmptyState> : slow ? <LoadingRows /> : null}
      </DocumentFrame>
    );
  }
  return <MailboxEditor id={id} initial={initial === 'stored' ? null : initial} />;
}

const isPort = (value: number | null): boolean => value !== null && Number.isInteger(value) && value >= 1 && value <= 65_535;
const isCount = (value: number | null): boolean => value !== null && Number.isInteger(value) && value >= 0;

/** Numbers that are none: the form has null there. */
function wrongNumbers({ imapPort, smtpPort, perMinute, perDay }: Mailbox): Readonly<Record<string, string>> {
  const port = 'Порт: число от 1 до 65535';
  const count = 'Целое число, 0 – без предела';
  return {
    ...(isPort(imapPort) ? {} : { imapPort: port }),
    ...(isPort(smtpPort) ? {} : { smtpPort: port }),
    ...(isCount(perMinute) ? {} : { perMinute: count }),
    ...(isCount(perDay) ? {} : { perDay: count }),
  };
}

function MailboxEditor({ id, initial }: { readonly id: string; readonly initial: Mailbox | null }): ReactNode {
  const form = useDocumentForm({
    type: 'mailbox',
    id,
    initial,
    title: ({ address }) => (address === '' ? 'Новый почтовый ящик' : address),
    labels: mailboxLabels,
    required: requiredFields,
    check: wrongNumbers,
    write: ({ values, edits, isNew }) => (isNew ? { name: 'mailbox.create', input: { mailbox: values } } : { name: 'mailbox.save', input: { id, edits } }),
    display: mailboxFieldText,
  });
  if (form.missing) {
    return (
      <DocumentFrame title="Почтовый ящик" onClose={form.close}>
        <EmptyState title="Этой карточки нет на рабочем месте">Возможно, она ещё не загружена. Обновите список или проверьте связь с центром.</EmptyState>
      </DocumentFrame>
    );
  }
  if (!form.ready) return <DocumentFrame title="Почтовый ящик" onClose={form.close}>{null}</DocumentFrame>;
  return <OpenMailbox form={form} />;
}
