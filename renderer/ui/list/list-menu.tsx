import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconButton } from '../button.tsx';
import type { MenuCommand } from '../command-bar.tsx';
import { tell } from '../status-message.ts';

/** What can be done with the whole list, under «⋯» of its head. */
export function ListMenu({ commands }: { readonly commands: readonly MenuCommand[] }): ReactNode {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <div>
          <IconButton icon="more" label="Выгрузка и печать" onClick={() => undefined} />
        </div>
      </Menu.Target>
      <Menu.Dropdown>
        {commands.map(({ label, onClick, hint, reason }) => (
          <Menu.Item key={label} {...(hint === undefined ? {} : { rightSection: hint })} {...(reason === undefined ? {} : { title: reason, c: 'var(--okno-text3)' })} onClick={() => (reason === undefined ? onClick() : tell(reason, { tone: 'amber' }))}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
