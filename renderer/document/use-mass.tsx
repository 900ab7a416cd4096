import { useRef, useState, type ReactNode } from 'react';
import { Button } from '../ui/button.tsx';
import { Dialog, useQuestion } from '../ui/dialog.tsx';
import { formatCount } from '../ui/format.ts';
import type { MarkCommand } from '../ui/list/mark-bar.tsx';
import { tell } from '../ui/status-message.ts';
import { reasonsOf, runOver, type MassOutcome, type MassSteps, type RefusedFor, type RowStep } from './mass-run.ts';
import './mass.css';

/** What can be done with the selected rows of a list. */
export interface MassCommand<Row> {
  readonly label: string;
  readonly keys?: string;
  readonly danger?: boolean;
  /** Why this user cannot do it at all. */
  readonly reason?: string | undefined;
  /** How the summary begins: «Принято в работу». */
  readonly done: string;
  /** The question for many, and for what cannot be taken back: «Отметить как спам 12 писем?» */
  readonly question: (count: number) => string;
  /** It cannot be taken back: asked for two rows too. */
  readonly final?: true;
  /** The steps, or what is chosen first for all rows together: null = given up. A choice is the question itself. */
  readonly steps: MassSteps<Row> | ((count: number) => Promise<MassSteps<Row> | null>);
}

/** So many rows are not acted upon without a question, undo or not. */
const MANY = 10;
/** Below this the end comes before one could read how far it is. */
const LONG = 30;

interface Summary {
  readonly title: string;
  readonly reasons: readonly RefusedFor[];
  readonly undo: (() => void) | null;
}

/** Runs commands over the selected rows: one question, progress with «Отменить», one summary, the way back for ten seconds. Render `dialogs` once. */
export function useMass<Row>(rowOf: (id: string) => Promise<Row | null>, nameOf: (row: Row) => string): { readonly markCommand: (command: MassCommand<Row>) => MarkCommand; readonly dialogs: ReactNode } {
  const { ask, question } = useQuestion();
  const [summary, setSummary] = useState<Summary | null>(null);
  const busy = useRef(false);

  const go = async (ids: readonly string[], read: (id: string) => Promise<Row | null>, step: RowStep<Row>, doing: string): Promise<MassOutcome<Row>> => {
    let isStopped = false;
    const stop = (): void => {
      isStopped = true;
    };
    let toldAt = 0;
    const tellDone = (count: number): void => {
      if (ids.length < LONG || Date.now() - toldAt < 200) return;
      toldAt = Date.now();
      tell(`${doing}: ${formatCount(count)} из ${formatCount(ids.length)}`, { undo: stop });
    };
    busy.current = true;
    try {
      return await runOver(ids, read, step, tellDone, () => isStopped);
    } finally {
      busy.current = false;
    }
  };

  const report = ({ done, refused, left }: MassOutcome<Row>, said: string, undo: (() => void) | null): void => {
    const reasons = reasonsOf(refused, nameOf);
    const all = done.length + refused.length + left.length;
    const counted = refused.length === 0 ? `${said}: ${formatCount(done.length)}${left.length === 0 ? '' : ` из ${formatCount(all)}, остановлено`}` : `${said}: ${formatCount(done.length)}, отказано: ${formatCount(refused.length)}${reasons.length === 1 ? `. ${reasons[0]?.text ?? ''}` : ''}`;
    tell(counted, { tone: refused.length === 0 ? 'green' : 'amber', undo: done.length === 0 ? null : undo });
    if (refused.length > 0 && all > 1) setSummary({ title: `Сделано: ${formatCount(done.length)}, отказано: ${formatCount(refused.length)}`, reasons, undo: done.length === 0 ? null : undo });
  };

  const start = async ({ label, danger, done: said, question: asked, final, steps: given }: MassCommand<Row>, ids: readonly string[]): Promise<readonly string[]> => {
    if (busy.current) {
      tell('Предыдущее действие ещё идёт: дождитесь его или отмените', { tone: 'amber' });
      return ids;
    }
    if (typeof given !== 'function' && (ids.length >= MANY || (final === true && ids.length > 1))) {
      const answer = await ask({ title: asked(ids.length), answers: [{ id: 'yes', label, ...(danger === true ? { variant: 'danger' } : {}) }], ...(final === true ? { text: 'Отменить это нельзя.' } : {}) });
      if (answer === null) return ids;
    }
    const steps = typeof given === 'function' ? await given(ids.length) : given;
    if (steps === null) return ids;
    const outcome = await go(ids, rowOf, steps.run, said);
    const { undo } = steps;
    const takeBack = async (rows: readonly Row[]): Promise<void> => {
      setSummary(null);
      if (undo === null) return;
      // The rows as they were before: by their places, for nothing of them is read anew.
      report(await go(rows.map((_, index) => String(index)), (place) => Promise.resolve(rows[Number(place)] ?? null), undo, 'Отменено'), 'Отменено', null);
    };
    report(outcome, said, undo === null ? null : () => void takeBack(outcome.done));
    return [...outcome.refused.map(({ id }) => id), ...outcome.left];
  };

  return {
    markCommand: (command) => ({
      label: command.label,
      ...(command.keys === undefined ? {} : { keys: command.keys }),
      ...(command.danger === undefined ? {} : { danger: command.danger }),
      reason: command.reason,
      onRun: (ids) => start(command, ids),
    }),
    dialogs: (
      <>
        {question}
        {summary === null ? null : <MassSummary {...summary} onClose={() => setSummary(null)} />}
      </>
    ),
  };
}

/** Names of one reason that are listed; of more only their number. */
const LISTED = 5;

/** What was not done and why, reason by reason. */
function MassSummary({ title, reasons, undo, onClose }: Summary & { readonly onClose: () => void }): ReactNode {
  return (
    <Dialog
      title={title}
      onClose={onClose}
      cancel="Закрыть"
      actions={
        undo === null ? null : (
          <Button level="dialog" letter="О" hint="Alt+О" onClick={undo}>
            Отменить сделанное
          </Button>
        )
      }
    >
      {/* It has the focus first: Enter pressed too often takes nothing back. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */}
      <dl className="mass-reasons" tabIndex={0} aria-label="Причины отказа">
        {reasons.map(({ text, advice, names }) => (
          <div key={text}>
            <dt>
              {text} <span className="okno-text2 okno-tabular">({formatCount(names.length)})</span>
            </dt>
            {names.slice(0, LISTED).map((name, index) => (
              <dd key={index} className="okno-cut" title={name}>
                {name}
              </dd>
            ))}
            {names.length > LISTED ? <dd className="okno-text2">и ещё {formatCount(names.length - LISTED)}</dd> : null}
            <dd className="okno-text2 mass-advice">{advice}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
