import { useMemo, type ReactNode } from 'react';
import { mailboxPurposeTitles } from '../../../shared/domain/mailbox/model.ts';
import type { Connection } from '../../../shared/protocol/ipc.ts';
import { DocumentList, type DocumentChip } from '../../document/document-list.tsx';
import type { DocumentRow } from '../../document/rows.ts';
import { useNotAllowed } from '../../store/commands.ts';
import { useConnection } from '../../store/connection.ts';
import { openDocument } from '../../store/places.ts';
import { StateCell } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import { mailboxState, type MailboxState } from './mailbox-state.ts';

type Row = DocumentRow<'mailbox'>;

const chips: readonly DocumentChip[] = [
  { key: 'active', title: 'Работают', where: [{ column: 'active', op: 'eq', value: true }] },
  { key: 'off', title: 'Отключены', where: [{ column: 'active', op: 'eq', value: false }] },
  { key: 'all', title: 'Все' },
];

const receiving = ({ document }: Row): string => (document.receives ? `${document.imapHost}: ${document.folders.join(', ')}` : 'не забираются');
const sending = ({ document }: Row): string => (document.sending === 'own' ? document.smtpHost : 'общий сервер');

function columnsOf(stateOf: (row: Row) => MailboxState): readonly ListColumn<Row>[] {
  return [
    { key: 'address', title: 'Адрес', width: 232, min: 160, priority: 1, sort: 'address', cell: ({ document }) => document.address },
    { key: 'purpose', title: 'Назначение', width: 152, min: 112, priority: 2, sort: 'purpose', cell: ({ document }) => mailboxPurposeTitles[document.purpose] },
    { key: 'receives', title: 'Приём писем', width: 240, min: 136, priority: 1, grow: true, cell: receiving },
    { key: 'sending', title: 'Отправка', width: 168, min: 112, priority: 3, cell: sending, render: (row) => <span className="okno-text2">{sending(row)}</span> },
    {
      key: 'state', title: 'Состояние', width: 144, min: 120, priority: 1, cell: (row) => stateOf(row).text,
      render: (row) => (
        <span title={stateOf(row).detail}>
          <StateCell tone={stateOf(row).tone}>{stateOf(row).text}</StateCell>
        </span>
      ),
    },
  ];
}

const none: Connection['external'] = [];

/** «Почтовые ящики»: where letters are fetched and by which way they leave. */
export function MailboxList(): ReactNode {
  const denied = useNotAllowed('mailbox.create');
  const external = useConnection(({ connection }) => connection?.external ?? none);
  const columns = useMemo(() => columnsOf(({ document, pending }) => mailboxState(document, external, pending)), [external]);
  const create = (): void => {
    if (denied === undefined) openDocument('mailbox', crypto.randomUUID(), { kind: 'new' });
  };
  return (
    <DocumentList
      id="mailboxes"
      type="mailbox"
      title="Почтовые ящики"
      columns={columns}
      sort={{ column: 'address', descending: false }}
      chips={chips}
      onOpen={({ document }) => openDocument('mailbox', document.id)}
      onInsert={create}
      commands={
        <Button variant="primary" hint="Ins" letter="Д" reason={denied} onClick={create}>
          Добавить
        </Button>
      }
      empty={({ chip }) => (chip === 'off' ? { title: 'Отключённых ящиков нет', text: 'Все ящики работают.' } : { title: 'Почтовых ящиков нет', text: 'Письма приходят только по SMTP. Чтобы забирать их из ящика компании, добавьте его: Ins.' })}
    />
  );
}
