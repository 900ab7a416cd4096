import { Menu } from '@mantine/core';
import { useRef, useState, type ReactNode } from 'react';
import { roleTitles } from '../../shared/base/roles.ts';
import { goTo } from '../store/places.ts';
import { logout, useUser } from '../store/session.ts';
import { useHotkeys } from '../ui/hotkeys.ts';
import { Icon } from '../ui/icons.tsx';

interface TitleBarProps {
  readonly onSettings: () => void;
  readonly onKeys: () => void;
}

/** The window's own title bar: name, search, the phone's reserved place, the user. System buttons stand at the right. */
export function TitleBar({ onSettings, onKeys }: TitleBarProps): ReactNode {
  const user = useUser();
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  useHotkeys([{ keys: 'F3', title: 'Поиск клиента', run: () => field.current?.select() }], 'window');
  const find = (): void => {
    if (typed.trim() === '') return;
    goTo('clients', { search: typed.trim() });
    setTyped('');
  };
  return (
    <header className="okno-titlebar">
      <div className="okno-brand">ОКНО</div>
      <label className="okno-search">
        <Icon name="search" />
        <input
          ref={field}
          value={typed}
          aria-label="Поиск клиента"
          placeholder="Клиент: телефон, ФИО, адрес, ИНН"
          spellCheck={false}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') {
              event.preventDefault();
              find();
            } else if (event.key === 'Escape') {
              event.preventDefault();
              setTyped('');
              field.current?.blur();
            }
          }}
        />
        <span className="okno-key">{typed === '' ? 'F3' : 'Enter — в «Клиенты»'}</span>
      </label>
      <div className="okno-phone" />
      <Menu position="bottom-end">
        <Menu.Target>
          <button type="button" className="okno-user" title={user.roles.map((role) => roleTitles[role]).join(', ')}>
            <span className="okno-cut">{user.name}</span>
            <Icon name="down" size={14} />
          </button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{user.roles.map((role) => roleTitles[role]).join(', ')}</Menu.Label>
          <Menu.Item onClick={onSettings}>Настройки вида</Menu.Item>
          <Menu.Item rightSection="F1" onClick={onKeys}>
            Клавиши этого экрана
          </Menu.Item>
          <Menu.Item onClick={() => void logout()}>Выйти</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}
