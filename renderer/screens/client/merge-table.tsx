import { useEffect, useRef, type CSSProperties, type KeyboardEvent, type ReactNode } from 'react';
import { client as clientType, type Client } from '../../../shared/domain/client/model.ts';
import type { DocumentRow } from '../../document/rows.ts';
import { formatDate } from '../../ui/format.ts';
import { clientFieldText, clientLabels } from './client-values.ts';
import { unitedFields, unitedTexts, type MergeChoices, type MergeRow, type UnitedField } from './merge-values.ts';
import type { ChosenField } from '../../../shared/domain/client/merge-rules.ts';

interface MergeTableProps {
  readonly rows: readonly DocumentRow<'client'>[];
  readonly fields: readonly MergeRow[];
  readonly keptId: string;
  readonly onKeep: (id: string) => void;
  readonly onChoose: (choices: MergeChoices) => void;
}

const steps: Readonly<Record<string, readonly [row: number, column: number]>> = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

/** Cards side by side: which one stays, and whose value of each field. Arrows go over the values, Space chooses; what differs stands first. */
export function MergeTable({ rows, fields, keptId, onKeep, onChoose }: MergeTableProps): ReactNode {
  const table = useRef<HTMLDivElement>(null);
  const cards = rows.map(({ document }) => document);
  useEffect(() => {
    // After the place itself took the focus: on the first value to choose.
    const frame = requestAnimationFrame(() => {
      const radios = table.current?.querySelectorAll<HTMLElement>('[aria-checked="true"]') ?? [];
      (radios[1] ?? radios[0])?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  const move = (event: KeyboardEvent): void => {
    const step = steps[event.key];
    const buttons = [...(table.current?.querySelectorAll<HTMLElement>('[role="radio"]') ?? [])];
    const at = buttons.indexOf(event.target as HTMLElement); // keys of the table come from its buttons
    if (step === undefined || at < 0) return;
    event.preventDefault();
    const column = at % cards.length;
    if (column + step[1] < 0 || column + step[1] >= cards.length) return;
    buttons[at + step[0] * cards.length + step[1]]?.focus();
  };
  const same = fields.filter(({ differs }) => !differs);
  const style: CSSProperties & { readonly '--client-cards': number } = { '--client-cards': cards.length };
  return (
    <div ref={table} className="client-merge" role="table" aria-label="Карточки рядом" style={style} onKeyDown={move}>
      <div role="row" className="client-merge-head">
        <span role="rowheader">Остаётся карточка</span>
        {cards.map((card, index) => (
          <Choice key={card.id} checked={card.id === keptId} label={`Остаётся карточка ${index + 1}: ${clientType.presentation(card)}`} onChoose={() => onKeep(card.id)}>
            <b>{clientType.presentation(card)}</b>
            <small>{card.registeredAt === '' ? 'новая' : `с ${formatDate(card.registeredAt)}`}</small>
          </Choice>
        ))}
      </div>
      {fields.filter(({ differs }) => differs).map(({ field, chosenId }) => (
        <div key={field} role="row">
          <span role="rowheader">{clientLabels[field]}</span>
          {rows.map((row, index) => (
            <Value key={row.document.id} row={row} index={index} field={field} checked={row.document.id === chosenId} onChoose={() => onChoose({ [field]: row.document.id })} />
          ))}
        </div>
      ))}
      {unitedFields.map((field) => (
        <United key={field} field={field} cards={cards} keptId={keptId} />
      ))}
      {same.length === 0 ? null : (
        <div role="row" className="client-merge-same">
          <span role="rowheader">Совпадает</span>
          <span role="cell">{same.map(({ field }) => `${clientLabels[field] ?? field}: ${valueText(rows[0], field)}`).join(' · ')}</span>
        </div>
      )}
    </div>
  );
}

function valueText(row: DocumentRow<'client'> | undefined, field: ChosenField): string {
  return row === undefined ? '' : field.endsWith('Id') ? (row.refs[row.document[field] ?? ''] ?? '') : clientFieldText(field, row.document[field], row.refs);
}

function Value({ row, index, field, checked, onChoose }: { readonly row: DocumentRow<'client'>; readonly index: number; readonly field: ChosenField; readonly checked: boolean; readonly onChoose: () => void }): ReactNode {
  const text = valueText(row, field);
  return (
    <Choice checked={checked} label={`${clientLabels[field] ?? field}, карточка ${index + 1}: ${text === '' ? 'не указано' : text}`} onChoose={onChoose}>
      {text === '' ? <span className="okno-text2">не указано</span> : text}
    </Choice>
  );
}

interface ChoiceProps {
  readonly checked: boolean;
  readonly label: string;
  readonly onChoose: () => void;
  readonly children: ReactNode;
}

function Choice({ checked, label, onChoose, children }: ChoiceProps): ReactNode {
  return (
    <span role="cell" className="client-merge-choice">
      <button type="button" role="radio" aria-checked={checked} aria-label={label} onClick={onChoose}>
        <span>{children}</span>
      </button>
    </span>
  );
}

/** A table that comes together by itself: what each card brings, doubles struck out. */
function United({ field, cards, keptId }: { readonly field: UnitedField; readonly cards: readonly Client[]; readonly keptId: string }): ReactNode {
  if (cards.every((card) => card[field].length === 0)) return null;
  const texts = unitedTexts(field, cards, keptId);
  return (
    <div role="row" className="client-merge-united">
      <span role="rowheader">
        {clientLabels[field]}
        <small>войдут все, без повторов</small>
      </span>
      {cards.map(({ id }) => (
        <span key={id} role="cell">
          {(texts.get(id) ?? []).map(({ text, double }, index) => (
            <span key={`${text} ${String(index)}`} title={double ? 'Повтор: уже есть в другой карточке' : undefined}>
              {double ? <s>{text}</s> : text}
            </span>
          ))}
        </span>
      ))}
    </div>
  );
}
