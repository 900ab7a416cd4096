import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { momentCell } from '../../../shared/base/cell-value.ts';
import { classificationTitles, incomingEmailStateTitles } from '../../../shared/domain/incoming-email/model.ts';
import type { ListFilter } from '../../../shared/protocol/list.ts';
import { DocumentList, type DocumentChip } from '../../document/document-list.tsx';
import { refText, type DocumentRow } from '../../document/rows.ts';
import type { MassCommand } from '../../document/use-mass.tsx';
import { WithPreview } from '../../document/with-preview.tsx';
import { runCommand } from '../../store/commands.ts';
import { openDocument } from '../../store/places.ts';
import { useUser } from '../../store/session.ts';
import { useSetting } from '../../store/settings.ts';
import { StateCell } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { choicesOf } from '../../ui/choice-field.tsx';
import { CommandBar, MoreMenu } from '../../ui/command-bar.tsx';
import { plural } from '../../ui/format.ts';
import type { ListColumn } from '../../ui/list/columns.ts';
import type { ListFilterField } from '../../ui/list/filters.ts';
import { barCommands } from './email-commands.ts';
import { stateTones } from './email-marks.ts';
import { EmailPane } from './email-pane.tsx';
import { letterMass } from './letter-mass.ts';
import { useLetterMass } from './use-letter-mass.tsx';

type Row = DocumentRow<'incomingEmail'>;

/** What the journal shows: letters that a person works on, or those set aside. */
const views = {
  work: {
    title: 'Рабочие',
    where: [
      { column: 'automation', op: 'in', value: ['person', 'automatic', 'bulk'] },
      { column: 'state', op: 'in', value: ['new', 'inWork', 'numbered', 'done'] },
    ],
  },
  automatic: { title: 'Автоматические', where: [{ column: 'automation', op: 'in', value: ['autoReply', 'bounce'] }] },
  spam: { title: 'Спам', where: [{ column: 'state', op: 'eq', value: 'spam' }] },
  unwanted: { title: 'Нежелательная почта', where: [{ column: 'state', op: 'eq', value: 'unwanted' }] },
} as const satisfies Readonly<Record<string, { readonly title: string; readonly where: readonly ListFilter[] }>>;
const viewSchema = z.enum(['work', 'automatic', 'spam', 'unwanted']);

const chips: readonly DocumentChip[] = [
  { key: 'all', title: 'Все' },
  { key: 'new', title: 'Новые', where: [{ column: 'state', op: 'eq', value: 'new' }] },
  { key: 'asud', title: 'Ждёт пересылки в АСУД', where: [{ column: 'awaitsAsud', op: 'eq', value: true }] },
];

const filters: readonly ListFilterField[] = [
  { column: 'state', title: 'Состояние', choices: choicesOf(incomingEmailStateTitles) },
  { column: 'classification', title: 'Классификация', choices: choicesOf(classificationTitles) },
  { column: 'mailbox', title: 'Ящик', choices: [{ value: 'clients', label: 'Клиенты' }, { value: 'requests', label: 'Запросы' }] },
];

function columnsFor(userId: string): readonly ListColumn<Row>[] {
  return [
    { key: 'receivedAt', title: 'Поступило', width: 136, min: 136, priority: 1, sort: 'receivedAt', cell: ({ document }) => momentCell(document.receivedAt) },
    { key: 'from', title: 'От кого', width: 200, min: 120, priority: 1, sort: 'from', cell: ({ document }) => document.from.name || document.from.address },
    { key: 'subject', title: 'Тема', width: 240, min: 184, priority: 1, grow: true, sort: 'subject', cell: ({ document }) => document.subject, render: ({ document }) => document.subject || <span className="okno-text2">без темы</span> },
    { key: 'state', title: 'Состояние', width: 152, min: 128, priority: 2, sort: 'state', pick: true, cell: ({ document }) => incomingEmailStateTitles[document.state], render: ({ document }) => <StateCell tone={stateTones[document.state]}>{incomingEmailStateTitles[document.state]}</StateCell> },
    { key: 'classification', title: 'Классификация', width: 160, min: 96, priority: 5, sort: 'classification', pick: true, cell: ({ document }) => (document.classification === null ? '' : classificationTitles[document.classification]) },
    { key: 'number', title: 'Номер', width: 136, min: 128, priority: 4, sort: 'number', cell: ({ document }) => document.number ?? '' },
    { key: 'clientId', title: 'Контакт', width: 176, min: 96, priority: 6, sort: 'clientId', cell: (row) => refText(row, row.document.clientId) },
    { key: 'holderId', title: 'В работе', width: 128, min: 88, priority: 3, sort: 'holderId', pick: true, cell: (row) => refText(row, row.document.holderId), render: (row) => <Holder row={row} userId={userId} /> },
  ];
}

function Holder({ row, userId }: { readonly row: Row; readonly userId: string }): ReactNode {
  const { holderId } = row.document;
  const who = holderId === userId ? 'Я' : refText(row, holderId);
  return row.pending ? <span className="okno-amber">{who === '' ? 'К отправке' : `${who}, к отправке`}</span> : <span className="okno-text2">{who}</span>;
}

/** What fits letters of the view that is shown. */
function massOf(view: keyof typeof views, acts: ReturnType<typeof letterMass<Row>>): readonly MassCommand<Row>[] {
  if (view === 'spam') return [acts.unspam];
  return view === 'unwanted' ? [acts.restore] : [acts.take, acts.reassign, acts.giveBack, acts.finish, acts.spam];
}

const open = ({ document }: Row): void => openDocument('incomingEmail', document.id);

/** «Входящие письма»: the journal with the preview of the chosen letter. */
export function IncomingEmailList(): ReactNode {
  const user = useUser();
  const [selected, setSelected] = useState<Row | null>(null);
  const { value: view, set: setView } = useSetting('incomingEmails.view', viewSchema, 'work');
  const [columns] = useState(() => columnsFor(user.userId));
  const letters = useLetterMass();
  const acts = letterMass<Row>({ ...letters.options, letterOf: ({ document }) => document, noun: (count) => `${count} ${plural(count, 'письмо', 'письма', 'писем')}` });
  return (
    <>
      <WithPreview
        setting="incomingEmails.split"
        width={352}
        list={
          <DocumentList
            id="incomingEmails"
            type="incomingEmail"
            title="Входящие письма"
            columns={columns}
            sort={{ column: 'receivedAt', descending: true }}
            where={views[view].where}
            {...(view === 'work' ? { chips } : {})}
            commands={<MoreMenu label={views[view].title} commands={viewSchema.options.map((key) => ({ label: views[key].title, onClick: () => setView(key) }))} />}
            filters={filters}
            also={['user', 'client']}
            onOpen={open}
            unread={({ document }) => document.state === 'new'}
            onSelected={setSelected}
            mass={massOf(view, acts)}
            rowCommands={({ document }) => {
              const { take, spam } = barCommands(document, user);
              if (document.state === 'spam') return [{ label: 'Не спам', reason: letters.options.denied.unspam, onRun: () => void runCommand('incomingEmail.unmarkSpam', { id: document.id }) }];
              if (document.state === 'unwanted') return [{ label: 'Вернуть в обработку', reason: letters.options.denied.restore, onRun: () => void runCommand('incomingEmail.restore', { id: document.id }) }];
              return [
                { label: 'Принять в работу', reason: take.reason, onRun: () => void runCommand('incomingEmail.take', { id: document.id }) },
                { label: 'Спам', danger: true, reason: spam.reason, onRun: () => void runCommand('incomingEmail.markSpam', { id: document.id }) },
              ];
            }}
            empty={{ title: 'Писем нет', text: 'Новые письма появятся здесь сами, как только придут на почтовый ящик.' }}
          />
        }
        preview={<Preview row={selected} acting={user} />}
      />
      {letters.dialog}
    </>
  );
}

function Preview({ row, acting }: { readonly row: Row | null; readonly acting: Parameters<typeof barCommands>[1] }): ReactNode {
  if (row === null) {
    return (
      <CommandBar>
        <Button variant="primary" reason="Выберите письмо" hint="Enter" onClick={() => undefined}>
          Открыть
        </Button>
      </CommandBar>
    );
  }
  const { id } = row.document;
  const commands = barCommands(row.document, acting);
  return (
    <>
        <div className="email-preview-bar">
          <Button variant="primary" hint="Enter" onClick={() => open(row)}>
            Открыть
          </Button>
          <Button letter="П" reason={commands.take.reason} onClick={() => void runCommand('incomingEmail.take', { id })}>
            Принять в работу
          </Button>
          <Button variant="subtle" letter="М" reason={commands.spam.reason} onClick={() => void runCommand('incomingEmail.markSpam', { id })}>
            Спам
          </Button>
        </div>
        <EmailPane key={id} email={row.document} />
    </>
  );
}
