import { useState, type KeyboardEvent, type ReactNode } from 'react';
import type { SessionState } from '../../../shared/protocol/ipc.ts';
import { useConnection } from '../../store/connection.ts';
import { login } from '../../store/session.ts';
import { Button } from '../../ui/button.tsx';
import { SuggestField } from '../../ui/suggest-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { floatingPlace } from '../../ui/theme.ts';
import { DemoUsers } from './demo-users.tsx';
import { keyboardNote, refusalText } from './login-texts.ts';
import './login.css';

type LoggedOut = Extract<SessionState, { state: 'loggedOut' }>;

const MIN_PASSWORD = 8;

interface Typed {
  readonly login: string;
  readonly password: string;
  readonly deskName: string;
  /** Null until the centre says that the password is one-time. */
  readonly newPassword: { readonly first: string; readonly second: string } | null;
}

/** What is missing before one may ask the centre; null if nothing. */
function complaint({ login: name, password, newPassword }: Typed): string | null {
  if (name.trim() === '') return 'Введите имя пользователя';
  if (password === '') return 'Введите пароль';
  if (newPassword === null) return null;
  if (newPassword.first.length < MIN_PASSWORD) return `Новый пароль — не короче ${MIN_PASSWORD} знаков`;
  if (newPassword.first === password) return 'Новый пароль должен отличаться от одноразового';
  return newPassword.first === newPassword.second ? null : 'Пароли не совпадают';
}

/** Login: three fields, one button; user and workstation are remembered, the focus is in the password. */
export function Login({ session, version }: { readonly session: LoggedOut; readonly version: string }): ReactNode {
  const [typed, setTyped] = useState<Typed>({ login: session.lastLogin, password: '', deskName: session.deskName, newPassword: null });
  const [failed, setFailed] = useState<string | null>(session.reason === null ? null : refusalText(session.reason));
  const [busy, setBusy] = useState(false);
  const [keyboard, setKeyboard] = useState('');
  const connection = useConnection((held) => held.connection);
  const change = (part: Partial<Typed>): void => {
    setTyped((old) => ({ ...old, ...part }));
    setFailed(null);
  };

  const submit = async (): Promise<void> => {
    const wrong = complaint(typed);
    if (wrong !== null || busy) {
      setFailed(wrong);
      return;
    }
    setBusy(true);
    const answer = await login({ login: typed.login.trim(), password: typed.password, deskName: typed.deskName.trim(), ...(typed.newPassword === null ? {} : { newPassword: typed.newPassword.first }) });
    setBusy(false);
    if (answer.ok) return;
    if (answer.refusal.details['field'] === 'newPassword' && typed.newPassword === null) change({ newPassword: { first: '', second: '' } });
    else setFailed(refusalText(answer.refusal));
  };

  const keyDown = (event: KeyboardEvent): void => {
    setKeyboard(keyboardNote(event));
    if (event.key !== 'Enter' || event.defaultPrevented) return;
    event.preventDefault();
    void submit();
  };

  return (
    <div className="okno-login">
      <div className="okno-login-bar" />
      <main className="okno-login-body">
        {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Enter in any field logs in */}
        <form className="okno-login-form" onKeyDown={keyDown} onSubmit={(event) => event.preventDefault()}>
          <h1>ОКНО</h1>
          <p>Рабочее место оператора</p>
          <SuggestField label="Пользователь" labelTop large value={typed.login} suggestions={session.knownLogins} autoFocus={session.lastLogin === ''} onChange={(value) => change({ login: value })} />
          <TextField
            key={typed.login !== '' && typed.login === session.lastLogin ? 'remembered' : 'typed'}
            label={typed.newPassword === null ? 'Пароль' : 'Одноразовый пароль'}
            labelTop
            large
            type="password"
            value={typed.password}
            autoFocus={session.lastLogin !== ''}
            note={keyboard === '' ? undefined : keyboard}
            onChange={(value) => change({ password: value })}
          />
          {typed.newPassword === null ? null : <NewPassword value={typed.newPassword} onChange={(newPassword) => change({ newPassword })} />}
          <SuggestField label="Рабочее место" labelTop large value={typed.deskName} suggestions={[]} placeholder="Например: ЦОК «Мытищи», окно 3" onChange={(value) => change({ deskName: value })} />
          <div className="okno-login-submit">
            <Button variant="primary" hint="Enter" onClick={() => void submit()}>
              {busy ? 'Вход…' : 'Войти'}
            </Button>
          </div>
          <div className="okno-login-failed" role="alert">
            {failed ?? ''}
          </div>
        </form>
        {session.welcome !== null && session.welcome.demoUsers.length > 0 ? <DemoUsers users={session.welcome.demoUsers} onPick={(user) => change({ login: user.login, password: user.password, newPassword: null })} /> : null}
        <div id={floatingPlace} />
      </main>
      <footer className="okno-status" data-offline={connection?.state === 'offLine'}>
        {connection === null || connection.state === 'connecting' ? (
          <span>Соединение с сервером…</span>
        ) : (
          <span>
            <span className={`okno-dot ${connection.state === 'onLine' ? 'okno-green' : ''}`} /> {connection.state === 'onLine' ? 'Сервер на связи' : 'Сервер не отвечает'}
          </span>
        )}
        <span>Без связи можно войти с паролем последнего входа на этом компьютере</span>
        <span className="okno-login-version">Версия {version}</span>
      </footer>
    </div>
  );
}

function NewPassword({ value, onChange }: { readonly value: { readonly first: string; readonly second: string }; readonly onChange: (value: { first: string; second: string }) => void }): ReactNode {
  return (
    <>
      <TextField label="Новый пароль" labelTop large type="password" autoComplete="new-password" autoFocus value={value.first} hint="Пароль выдан на один вход: задайте свой, не короче 8 знаков" onChange={(first) => onChange({ ...value, first })} />
      <TextField label="Новый пароль ещё раз" labelTop large type="password" autoComplete="new-password" value={value.second} onChange={(second) => onChange({ ...value, second })} />
    </>
  );
}
