import { useMemo, useState, type ReactNode } from 'react';
import { z } from 'zod';
import type { Json } from '../../../shared/base/json.ts';
import { dictionaryNames, type DictionaryName } from '../../../shared/domain/dictionary/commands.ts';
import { documentTypes } from '../../../shared/domain/documents.ts';
import { DocumentList, type DocumentChip } from '../../document/document-list.tsx';
import type { DocumentRow } from '../../document/rows.ts';
import { openDocument } from '../../store/places.ts';
import { useSetting } from '../../store/settings.ts';
import { Button } from '../../ui/button.tsx';
import type { ListColumn } from '../../ui/list/columns.ts';
import type { RowCommand } from '../../ui/list/row-menu.tsx';
import { Split } from '../../ui/splitter.tsx';
import { deletionMass, markForDeletion } from './deletion-mark.ts';
import { dictionaryText, dictionaryViews, type DictionaryField } from './dictionary-fields.ts';
import { useNotWritable } from './use-not-writable.ts';
import { unlistedTypes, useReferredNames } from './use-referred-names.ts';
import './dictionary.css';

/** In the order of their names; the texts of automatic replies have a place of their own. */
const catalogues = dictionaryNames.filter((name) => name !== 'autoReply').toSorted((a, b) => dictionaryViews[a].title.localeCompare(dictionaryViews[b].title, 'ru'));

type Row = DocumentRow<DictionaryName>;

function valueOf({ document }: Row, name: string): Json | undefined {
  return (document as unknown as Readonly<Record<string, Json>>)[name]; // documents of the local base are JSON
}

const widths: Partial<Readonly<Record<DictionaryField['kind'], number>>> = { number: 96, choice: 248, flag: 112, moment: 112, date: 112 };

function columnsOf(type: DictionaryName, names: Readonly<Record<string, string>>): readonly ListColumn<Row>[] {
  const { fields, columns } = dictionaryViews[type];
  const sortable = documentTypes[type].columns;
  return columns.map((name, index) => {
    const field = fields.find((one) => one.name === name);
    const textOfCell = (row: Row): string =>
      field === undefined ? documentTypes.employee.presentation(row.document as Extract<Row['document'], { lastName: string }>) : dictionaryText(field, valueOf(row, name), { ...names, ...row.refs }); // only employees have a column that is no field
    const wide = name === 'name' || name === 'subject' || name === 'clientsMailbox';
    return {
      key: name,
      title: field?.label ?? 'ФИО',
      width: wide ? 320 : name === 'code' ? 88 : ((field === undefined ? undefined : widths[field.kind]) ?? 176),
      min: wide ? 200 : 72,
      priority: index < 2 ? 1 : index,
      grow: wide,
      ...(Object.hasOwn(sortable, name) ? { sort: name } : {}),
      cell: textOfCell,
      render: (row) => {
        const text = textOfCell(row);
        return index === 0 && row.pending ? (
          <>
            {text} <span className="okno-amber">к отправке</span>
          </>
        ) : (
          text
        );
      },
    };
  });
}

const chips: readonly DocumentChip[] = [
  { key: 'used', title: 'Действующие' },
  { key: 'marked', title: 'Помеченные на удаление', where: [{ column: 'deleted', op: 'eq', value: true }] },
];

/** F9 makes a new entry of this one, Del marks it deleted or takes the mark off. */
function rowCommandsOf(type: DictionaryName, document: Row['document'], denied: string | undefined, notCreatable: string | undefined): readonly RowCommand[] {
  const isMarked = document.deleted === true;
  const title = (documentTypes[type].presentation as (one: Row['document']) => string)(document); // given an entry of the type
  const mark = (): void => void markForDeletion(type, document as unknown as Readonly<Record<string, Json>>, !isMarked, title); // documents are JSON
  return [
    { label: 'Создать копированием', keys: 'F9', reason: notCreatable, onRun: () => openDocument(type, crypto.randomUUID(), { kind: 'new', copyOf: document.id }) },
    ...(dictionaryViews[type].single === true ? [] : [{ label: isMarked ? 'Снять пометку удаления' : 'Пометить на удаление', keys: 'Del', danger: !isMarked, reason: denied, onRun: mark }]),
  ];
}

/** The list of one catalogue, with «Создать» for those who may write it. */
export function DictionaryList({ type }: { readonly type: DictionaryName }): ReactNode {
  const view = dictionaryViews[type];
  const denied = useNotWritable(type);
  const names = useReferredNames(unlistedTypes(type));
  const columns = useMemo(() => columnsOf(type, names), [type, names]);
  const reason = view.single === true ? 'Эта запись одна, её создаёт центр' : denied;
  const create = (): void => {
    if (reason === undefined) openDocument(type, crypto.randomUUID(), { kind: 'new' });
  };
  const sort = view.columns.find((name) => Object.hasOwn(documentTypes[type].columns, name)) ?? 'name';
  const also = view.fields.flatMap((field) => (field.kind === 'ref' ? [field.refType] : []));
  return (
    <DocumentList<DictionaryName>
      id={`dictionary.${type}`}
      type={type}
      title={view.title}
      columns={columns}
      sort={{ column: sort, descending: false }}
      also={also}
      onOpen={({ document }) => openDocument(type, document.id)}
      onInsert={create}
      chips={chips}
      {...(view.single === true ? {} : { mass: ({ chip }) => deletionMass(type, chip === 'marked', denied) })}
      rowCommands={({ document }) => rowCommandsOf(type, document, denied, reason)}
      commands={
        <Button variant="primary" hint="Ins" letter="С" reason={reason} onClick={create}>
          Создать
        </Button>
      }
      empty={({ chip }) => (chip === 'marked' ? { title: 'Помеченных на удаление нет', text: 'Запись, помеченная на удаление, видна здесь; где на неё ссылаются, она остаётся.' } : { title: 'Справочник пуст', text: denied === undefined ? 'Создайте первую запись: Ins.' : 'Записи появятся, когда их внесёт редактор справочников.' })}
    />
  );
}

/** «Все справочники»: the catalogues at the left, the chosen one's entries beside. */
export function Dictionaries(): ReactNode {
  const { value: saved, set } = useSetting('dictionaries.chosen', z.string(), 'branch');
  const { value: width, set: setWidth } = useSetting('pane.dictionaries', z.number(), 192);
  const [first] = catalogues;
  const chosen = catalogues.find((name) => name === saved) ?? first ?? 'branch';
  const [names] = useState(catalogues);
  return (
    <Split
      label="Граница справочников и записей"
      fixed="first"
      width={width}
      minFirst={144}
      minSecond={480}
      onWidth={setWidth}
      first={
        <nav className="dictionary-names" aria-label="Справочники">
          <h1 className="okno-title dictionary-heading">Все справочники</h1>
          {names.map((name) => (
            <button key={name} type="button" className="dictionary-name okno-cut" aria-current={name === chosen ? 'true' : undefined} onClick={() => set(name)}>
              {dictionaryViews[name].title}
            </button>
          ))}
        </nav>
      }
      second={<DictionaryList key={chosen} type={chosen} />}
    />
  );
}
