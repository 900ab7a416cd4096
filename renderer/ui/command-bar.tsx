import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { MenuItems, type MenuCommand } from './menu-items.tsx';

/** The bar of commands, 40 high: the procedure, `<CommandGap/>`, the document, then the rest; `end` stands at the right. */
export function CommandBar({ children, end }: { readonly children: ReactNode; readonly end?: ReactNode }): ReactNode {
  return (
    <div className="okno-commands" role="toolbar" aria-label="Команды">
      {children}
      {end === undefined ? null : <div className="okno-commands-end">{end}</div>}
    </div>
  );
}

/** The 12 px between groups of commands. */
export function CommandGap(): ReactNode {
  return <span className="okno-commands-gap" />;
}

/** «Ещё»: commands that did not fit the bar. */
export function MoreMenu({ label = 'Ещё', commands }: { readonly label?: string; readonly commands: readonly MenuCommand[] }): ReactNode {
  return (
    <Menu>
      <Menu.Target>
        <Button variant="subtle" chevron>
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <MenuItems commands={commands} />
      </Menu.Dropdown>
    </Menu>
  );
}
