import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { MenuItems } from '../menu-items.tsx';
import { tell } from '../status-message.ts';

/** What can be done with a row: in its menu, and by its key from the list. */
export interface RowCommand {
  readonly label: string;
  /** Key that does the same in the list; shown beside the label. */
  readonly keys?: string;
  readonly onRun: () => void;
  /** Why not now: greyed, told when chosen. */
  readonly reason?: string | undefined;
  readonly danger?: boolean;
}

/** Where the menu opens, px of the window. */
export interface MenuPlace {
  readonly left: number;
  readonly top: number;
  /** Opened by a key: its first line has the focus at once, so that Enter runs it. */
  readonly byKey: boolean;
}

interface RowMenuProps {
  readonly place: MenuPlace | null;
  readonly commands: readonly RowCommand[];
  readonly label: string;
  readonly onClose: () => void;
}

/** Runs a command of a row, or says why it cannot be run. */
export function runRowCommand({ reason, onRun }: RowCommand): void {
  if (reason === undefined) onRun();
  else tell(reason, { tone: 'amber' });
}

/** The menu of a row: by the right button at the pointer, by Shift+F10 at the row. Arrows and Enter choose, Esc closes. */
export function RowMenu({ place, commands, label, onClose }: RowMenuProps): ReactNode {
  if (place === null || commands.length === 0) return null;
  return (
    <Menu opened onClose={onClose} position="bottom-start" offset={0} returnFocus={false} withInitialFocusPlaceholder={!place.byKey} transitionProps={{ duration: 0 }}>
      <Menu.Target>
        <span className="okno-list-menu-place" aria-hidden="true" style={{ left: place.left, top: place.top }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label}>
        <MenuItems commands={commands.map(({ keys, onRun, ...command }) => ({ ...command, hint: keys, onClick: onRun }))} />
      </Menu.Dropdown>
    </Menu>
  );
}
