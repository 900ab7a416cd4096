import type { ReactNode } from 'react';
import { Button } from '../button.tsx';
import { MoreMenu } from '../command-bar.tsx';
import { formatCount } from '../format.ts';
import type { RowCommand } from './row-menu.tsx';
import type { Marks } from './use-marks.ts';

/** What can be done with the selected rows. */
export interface MarkCommand {
  readonly label: string;
  /** Key that does the same in the list. */
  readonly keys?: string;
  readonly danger?: boolean;
  /** Why not now: greyed, told when pressed. */
  readonly reason?: string | undefined;
  /** Answers which rows stay selected: those with which it was not done. */
  readonly onRun: (ids: readonly string[]) => Promise<readonly string[]>;
}

/** Commands that stand in the bar; the others are under «Ещё». */
const IN_BAR = 2;

function run(command: MarkCommand, marks: Marks): void {
  void command.onRun([...marks.ids]).then(marks.set);
}

/** The commands as a row's menu and the keys have them: each says for how many rows. */
export function markedRowCommands(commands: readonly MarkCommand[], marks: Marks): readonly RowCommand[] {
  return commands.map((command) => ({
    label: `${command.label} (${formatCount(marks.ids.size)})`,
    ...(command.keys === undefined ? {} : { keys: command.keys }),
    ...(command.danger === true ? { danger: true } : {}),
    reason: command.reason,
    onRun: () => run(command, marks),
  }));
}

/** The head of a list while rows are selected: how many of all, and what can be done with them. */
export function MarkBar({ commands, marks, total }: { readonly commands: readonly MarkCommand[]; readonly marks: Marks; readonly total: number }): ReactNode {
  // What this user may not do stands last, so that it takes no place in the bar.
  const sorted = [...commands.filter(({ reason }) => reason === undefined), ...commands.filter(({ reason }) => reason !== undefined)];
  const rest = sorted.slice(IN_BAR);
  return (
    <div className="okno-list-head okno-list-marking" role="toolbar" aria-label="Выбранные строки">
      <h1 className="okno-title okno-tabular" aria-live="polite">
        Выбрано: {formatCount(marks.ids.size)} из {formatCount(total)}
      </h1>
      {sorted.slice(0, IN_BAR).map((command) => (
        <Button key={command.label} variant={command.danger === true ? 'danger' : 'default'} hint={command.keys} reason={command.reason} onClick={() => run(command, marks)}>
          {command.label}
        </Button>
      ))}
      {rest.length === 0 ? null : <MoreMenu commands={rest.map((command) => ({ label: command.label, reason: command.reason, danger: command.danger === true, onClick: () => run(command, marks) }))} />}
      <Button variant="subtle" hint="Esc" onClick={() => marks.set([])}>
        Снять выбор
      </Button>
    </div>
  );
}
