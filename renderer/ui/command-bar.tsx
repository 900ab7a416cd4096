import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { tell } from './status-message.ts';

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

export interface MenuCommand {
  readonly label: string;
  readonly onClick: () => void;
  readonly hint?: string;
  readonly reason?: string | undefined;
  readonly danger?: boolean;
}

/** «Ещё»: commands that did not fit the bar. */
export function MoreMenu({ label = 'Ещё', commands }: { readonly label?: string; readonly commands: readonly MenuCommand[] }): ReactNode {
  return (
    <Menu>
      <Menu.Target>
        <div>
          <Button variant="subtle" chevron onClick={() => undefined}>
            {label}
          </Button>
        </div>
      </Menu.Target>
      <Menu.Dropdown>
        {commands.map(({ label: text, onClick, hint, reason, danger }) => (
          <Menu.Item
            key={text}
            {...(hint === undefined ? {} : { rightSection: hint })}
            {...(danger === true ? { c: 'var(--okno-red)' } : {})}
            {...(reason === undefined ? {} : { title: reason, c: 'var(--okno-text3)' })}
            onClick={() => (reason === undefined ? onClick() : tell(reason, { tone: 'amber' }))}
          >
            {text}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
