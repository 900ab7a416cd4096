import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { Button } from '../button.tsx';
import { Dialog } from '../dialog.tsx';

/** A field that both changed, as texts a person reads. */
export interface ConflictRow {
  readonly path: string;
  readonly label: string;
  readonly before: string;
  readonly theirs: string;
  readonly mine: string;
}

export type ConflictChoices = Readonly<Record<string, 'theirs' | 'mine'>>;

interface ConflictDialogProps {
  readonly rows: readonly ConflictRow[];
  /** «Орлова Т. В.»; empty if not known. */
  readonly who: string;
  /** «СНТ «Берёзовая роща-2», записано в 11:31. Ещё 4 поля объединены без вопросов.» */
  readonly text: string;
  readonly onWrite: (choices: ConflictChoices) => void;
  readonly onBack: () => void;
}

const shownText = (text: string): string => (text === '' ? 'не указано' : text);

/** «Вы и … изменили одни и те же поля»: nothing is chosen for the user; arrows and Space choose. */
export function ConflictDialog({ rows, who, text, onWrite, onBack }: ConflictDialogProps): ReactNode {
  const [choices, setChoices] = useState<ConflictChoices>({});
  const table = useRef<HTMLDivElement>(null);
  const left = rows.filter(({ path }) => choices[path] === undefined).length;
  const all = (side: 'theirs' | 'mine'): void => setChoices(Object.fromEntries(rows.map(({ path }) => [path, side])));
  const write = (): void => {
    if (left === 0) onWrite(choices);
    else table.current?.querySelector<HTMLElement>('[data-open="true"] button')?.focus();
  };
  const move = (event: KeyboardEvent): void => {
    const buttons = [...(table.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = buttons.indexOf(event.target as HTMLElement); // keys come from the buttons of the table only
    const by = { ArrowDown: 2, ArrowUp: -2, ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (by === undefined || at < 0) return;
    event.preventDefault();
    buttons[at + by]?.focus();
  };
  const cell = (row: ConflictRow, side: 'theirs' | 'mine'): ReactNode => (
    <button type="button" role="radio" aria-checked={choices[row.path] === side} aria-label={`${row.label}, ${side === 'mine' ? 'ваше' : 'записано'}: ${shownText(row[side])}`} onClick={() => setChoices({ ...choices, [row.path]: side })}>
      {shownText(row[side])}
    </button>
  );
  return (
    <Dialog
      width={920}
      title={who === '' ? 'Вы и другой сотрудник изменили одни и те же поля' : `Вы и ${who} изменили одни и те же поля`}
      text={text}
      cancel="Вернуться к правке"
      onClose={onBack}
      actions={
        <>
          <Button variant="primary" level="dialog" keys="Ctrl+Enter" onClick={write}>
            Записать
          </Button>
          <Button level="dialog" onClick={() => all('mine')}>
            Взять всё моё
          </Button>
          <Button level="dialog" onClick={() => all('theirs')}>
            Взять всё записанное
          </Button>
          <span className="okno-text2">{left === 0 ? '' : `Осталось выбрать ${left}`}</span>
        </>
      }
    >
      <div ref={table} className="okno-conflicts" role="table" aria-label="Поля, изменённые дважды" onKeyDown={move}>
        <div role="row">
          <span role="columnheader">Поле</span>
          <span role="columnheader">Было</span>
          <span role="columnheader">{who === '' ? 'Записано' : `Записал(а) ${who}`}</span>
          <span role="columnheader">Ваше</span>
        </div>
        {rows.map((row) => (
          <div key={row.path} role="row" data-open={choices[row.path] === undefined}>
            <span role="cell" className="okno-text2">
              {row.label}
            </span>
            <span role="cell" className="okno-text2">
              {shownText(row.before)}
            </span>
            {cell(row, 'theirs')}
            {cell(row, 'mine')}
          </div>
        ))}
      </div>
    </Dialog>
  );
}
