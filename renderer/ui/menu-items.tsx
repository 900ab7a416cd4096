import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { tell } from './status-message.ts';

export interface MenuCommand {
  readonly label: string;
  readonly onClick: () => void;
  /** Key that does the same, shown beside the label. */
  readonly hint?: string | undefined;
  /** Why not now: greyed, told when chosen. */
  readonly reason?: string | undefined;
  readonly danger?: boolean | undefined;
}

/** Lines of a menu, in their order. */
export function MenuItems({ commands }: { readonly commands: readonly MenuCommand[] }): ReactNode {
  return commands.map(({ label, onClick, hint, reason, danger = false }) => (
    <Menu.Item
      key={label}
      {...(hint === undefined ? {} : { rightSection: hint })}
      {...(reason === undefined ? {} : { title: reason })}
      data-tone={reason === undefined ? (danger ? 'danger' : undefined) : 'greyed'}
      onClick={() => (reason === undefined ? onClick() : tell(reason, { tone: 'amber' }))}
    >
      {label}
    </Menu.Item>
  ));
}
