import { useEffect, useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import type { SessionUser } from '../../../shared/protocol/http.ts';
import { logout, unlock } from '../../store/session.ts';
import { Button } from '../../ui/button.tsx';
import { muteHotkeys } from '../../ui/hotkeys.ts';
import { TextField } from '../../ui/text-field.tsx';
import { keyboardNote, refusalText } from './login-texts.ts';
import './login.css';

/**
 * Over everything while the window is locked: a modal dialog of the browser itself, so that nothing behind it can be seen, reached or heard,
 * menus and open dialogs included. What was open stays as it was.
 */
export function LockScreen({ user, version }: { readonly user: SessionUser; readonly version: string }): ReactNode {
  const [password, setPassword] = useState('');
  const [failed, setFailed] = useState('');
  const [busy, setBusy] = useState(false);
  const [keyboard, setKeyboard] = useState('');
  const [focused] = useState(() => document.activeElement);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(muteHotkeys, []);
  useEffect(() => {
    const element = dialog.current;
    if (element === null) return;
    const stay = (): void => element.showModal(); // Chromium lets a second Esc close it
    element.showModal();
    element.querySelector('input')?.focus();
    element.addEventListener('close', stay);
    return () => {
      element.removeEventListener('close', stay);
      if (focused instanceof HTMLElement && focused.isConnected) focused.focus();
    };
  }, [focused]);

  const submit = async (): Promise<void> => {
    if (busy) return;
    if (password === '') {
      setFailed('Введите пароль');
      return;
    }
    setBusy(true);
    const answer = await unlock(password);
    setBusy(false);
    if (answer.ok) return;
    setPassword('');
    setFailed(refusalText(answer.refusal));
  };

  const keyDown = (event: KeyboardEvent): void => {
    setKeyboard(keyboardNote(event));
    if (event.key === 'Escape') event.preventDefault();
    if (event.key !== 'Enter' || event.defaultPrevented || event.target instanceof HTMLButtonElement) return;
    event.preventDefault();
    void submit();
  };

  return (
    <dialog ref={dialog} className="okno-lock" aria-labelledby="okno-lock-title" onKeyDown={keyDown} onCancel={(event) => event.preventDefault()}>
      <div className="okno-login-bar" />
      <div className="okno-login-body">
        <form className="okno-login-form" onSubmit={(event) => event.preventDefault()}>
          <h1 id="okno-lock-title">Окно заблокировано</h1>
          <p>{user.name}</p>
          <TextField
            label="Пароль"
            labelTop
            large
            autoFocus
            type="password"
            value={password}
            note={keyboard === '' ? undefined : keyboard}
            onChange={(value) => {
              setPassword(value);
              setFailed('');
            }}
          />
          <div className="okno-login-submit">
            <Button variant="primary" hint="Enter" onClick={() => void submit()}>
              {busy ? 'Проверка…' : 'Разблокировать'}
            </Button>
            <Button variant="subtle" onClick={() => void logout()}>
              Войти другим пользователем
            </Button>
          </div>
          <div className="okno-login-failed" role="alert">
            {failed}
          </div>
        </form>
      </div>
      <footer className="okno-status">
        <span>Открытые документы и всё набранное сохранены</span>
        <span className="okno-login-version">Версия {version}</span>
      </footer>
    </dialog>
  );
}
