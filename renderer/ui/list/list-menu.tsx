import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { IconButton } from '../button.tsx';
import { MenuItems, type MenuCommand } from '../menu-items.tsx';

/** What can be done with the whole list, under «⋯» of its head. */
export function ListMenu({ commands, label }: { readonly commands: readonly MenuCommand[]; readonly label: string }): ReactNode {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <IconButton icon="more" label={label} />
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItems commands={commands} />
      </Menu.Dropdown>
    </Menu>
  );
}
