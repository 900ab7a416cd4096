import { useEffect, useState, type ReactNode } from 'react';
import type { Appeal } from '../../../shared/domain/appeal/model.ts';
import type { Application } from '../../../shared/domain/application/model.ts';
import type { Client } from '../../../shared/domain/client/model.ts';
import { applicationNumbersIn } from '../../../shared/domain/incoming-email/text-rules.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { call } from '../../bridge.ts';
import { listDocuments } from '../../document/document-list.tsx';
import { usePlace } from '../../document/place-context.ts';
import { rowOf } from '../../document/rows.ts';
import { useDocumentForm } from '../../document/use-document-form.tsx';
import { dropPlace } from '../../store/places.ts';
import { useUser } from '../../store/session.ts';
import { DocumentFrame } from '../../ui/document-frame.tsx';
import { EmptyState, LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { AppealEditor } from './appeal-editor.tsx';
import { AppealView } from './appeal-view.tsx';
import { appealFieldText, appealInput, appealLabels, appealTitle, checksOfAppeal, newAppeal, requiredOfAppeal } from './appeal-values.ts';
import { DocumentFromCentre } from '../single-window/from-centre.tsx';
import '../incoming-email/incoming-email-form.css';
import '../outgoing-email/outgoing-email.css';
import './appeal.css';

/** What the form begins with: the stored appeal, or a new one made from its letter and the card of its client. */
type Beginning = { readonly kind: 'stored' } | { readonly kind: 'new'; readonly initial: Appeal; readonly email: IncomingEmail } | { readonly kind: 'noClient' };

async function cardOf(id: string): Promise<Client | null> {
  const row = await call('document.get', { type: 'client', id });
  return row === null ? null : rowOf<'client'>(row).document;
}

async function applicationsOf(email: IncomingEmail, clientId: string): Promise<readonly Application[]> {
  const numbers = applicationNumbersIn(`${email.subject}\n${email.text}`);
  const found = await Promise.all([
    listDocuments('application', { where: [{ column: 'clientId', op: 'eq', value: clientId }] }),
    numbers.length === 0 ? [] : listDocuments('application', { where: [{ column: 'number', op: 'in', value: [...numbers] }] }),
    email.applicationIds.length === 0 ? [] : listDocuments('application', { where: [{ column: 'id', op: 'in', value: email.applicationIds }] }),
  ]);
  return [...new Map(found.flat().map(({ document }) => [document.id, document])).values()];
}

async function begin(id: string, incomingEmailId: string | undefined, authorId: string): Promise<Beginning> {
  if (incomingEmailId === undefined || (await call('document.get', { type: 'appeal', id })) !== null) return { kind: 'stored' };
  const row = await call('document.get', { type: 'incomingEmail', id: incomingEmailId });
  if (row === null) return { kind: 'stored' };
  const email = rowOf<'incomingEmail'>(row).document;
  const client = email.clientId === null ? null : await cardOf(email.clientId);
  if (client === null) return { kind: 'noClient' };
  return { kind: 'new', initial: newAppeal(id, authorId, email, client, await applicationsOf(email, client.id)), email };
}

/** «Обращение»: opened by id, or new from a letter (`incomingEmailId`). */
export function AppealForm(): ReactNode {
  const { key, params } = usePlace();
  const { userId } = useUser();
  const id = params['id'] ?? '';
  const incomingEmailId = params['incomingEmailId'];
  const [beginning, setBeginning] = useState<Beginning | 'failed' | null>(null);
  useEffect(() => {
    let current = true;
    begin(id, incomingEmailId, userId).then(
      (value) => current && setBeginning((held) => held ?? value),
      () => current && setBeginning('failed'),
    );
    return () => {
      current = false;
    };
  }, [id, incomingEmailId, userId]);
  const slow = useSlow(beginning === null);
  if (beginning === null || beginning === 'failed' || beginning.kind === 'noClient') {
    return (
      <DocumentFrame title="Обращение" onClose={() => dropPlace(key)}>
        {beginning === null && slow ? <LoadingRows /> : null}
        {beginning === 'failed' ? <EmptyState title="Обращение не прочитано">Закройте его и откройте снова. Введённое раньше не потеряно.</EmptyState> : null}
        {beginning !== null && beginning !== 'failed' ? <EmptyState title="В письме не выбран контакт">Обращение заполняется из карточки клиента. Закройте эту форму, выберите «Контакт» в письме и создайте обращение снова.</EmptyState> : null}
      </DocumentFrame>
    );
  }
  return <OpenAppeal id={id} initial={beginning.kind === 'new' ? beginning.initial : null} email={beginning.kind === 'new' ? beginning.email : null} />;
}

interface OpenAppealProps {
  readonly id: string;
  readonly initial: Appeal | null;
  readonly email: IncomingEmail | null;
}

function OpenAppeal({ id, initial, email }: OpenAppealProps): ReactNode {
  const form = useDocumentForm({
    type: 'appeal',
    id,
    initial,
    title: appealTitle,
    labels: appealLabels,
    required: (values) => (initial === null ? [] : requiredOfAppeal(values)),
    check: checksOfAppeal,
    write: ({ values }) => ({ name: 'appeal.create', input: appealInput(values) }),
    display: (path, value) => appealFieldText(path, value, {}),
    closingKeys: false,
  });
  if (form.missing) return <DocumentFromCentre type="appeal" id={id} onClose={form.close} />;
  if (!form.ready) return <DocumentFrame title="Обращение" onClose={form.close}>{null}</DocumentFrame>;
  return (
    <>
      {form.isNew && email !== null ? <AppealEditor form={form} email={email} /> : <AppealView form={form} />}
      {form.dialogs}
    </>
  );
}
