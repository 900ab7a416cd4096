import { Menu } from '@mantine/core';
import type { ReactNode } from 'react';
import { roleTitles } from '../../shared/base/roles.ts';
import { lock, logout, useUser } from '../store/session.ts';
import { Icon } from '../ui/icons.tsx';
import { PhonePlace } from './phone-place.tsx';
import { SearchBox } from './search-box.tsx';

interface TitleBarProps {
  readonly onSettings: () => void;
  readonly onKeys: () => void;
}

/** The window's own title bar: name, search, the phone's reserved place, the user. System buttons stand at the right. */
export function TitleBar({ onSettings, onKeys }: TitleBarProps): ReactNode {
  const user = useUser();
  return (
    <header className="okno-titlebar">
      <div className="okno-brand">ОКНО</div>
      <SearchBox />
      <PhonePlace />
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
          <Menu.Item onClick={() => void lock()}>Заблокировать</Menu.Item>
          <Menu.Item onClick={() => void logout()}>Выйти</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </header>
  );
}
