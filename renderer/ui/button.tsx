import { Tooltip } from '@mantine/core';
import { useState, type ReactNode, type Ref } from 'react';
import { useHotkeys, type HotkeyLevel } from './hotkeys.ts';
import { Icon, type IconName } from './icons.tsx';
import { tell } from './status-message.ts';
import './button.css';

export interface ButtonProps {
  readonly children: ReactNode;
  /** primary: the one next step of the screen. danger: red text. subtle: text only. */
  readonly variant?: 'primary' | 'default' | 'subtle' | 'danger';
  readonly onClick: () => void;
  /** Key that presses it, written in it. */
  readonly keys?: string | undefined;
  /** Key written in it that someone else handles (Enter of a list). */
  readonly hint?: string | undefined;
  /** Alt+this letter of the label (a string label only) presses it. */
  readonly letter?: string | undefined;
  /** Why it cannot be pressed now: greyed, told on hover and on focus. Undefined = it can. */
  readonly reason?: string | undefined;
  readonly small?: boolean;
  readonly chevron?: boolean;
  readonly level?: HotkeyLevel;
  readonly autoFocus?: boolean;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  /** Pressed state of a switch button. */
  readonly pressed?: boolean | undefined;
}

function Label({ children, letter }: { readonly children: ReactNode; readonly letter: string | undefined }): ReactNode {
  if (letter === undefined || typeof children !== 'string') return <span>{children}</span>;
  const at = children.toLowerCase().indexOf(letter.toLowerCase());
  if (at < 0) return <span>{children}</span>;
  return (
    <span>
      {children.slice(0, at)}
      <u>{children.charAt(at)}</u>
      {children.slice(at + 1)}
    </span>
  );
}

/** A button: says its key; when it cannot be used it stays, greyed, and says why. */
export function Button(props: ButtonProps): ReactNode {
  const { children, variant = 'default', onClick, keys, hint, letter, reason, small = false, chevron = false, level, buttonRef, pressed } = props;
  const [quiet, setQuiet] = useState(false);
  const press = (): void => {
    setQuiet(reason === undefined);
    if (reason === undefined) onClick();
    else tell(reason, { tone: 'amber' });
  };
  const title = typeof children === 'string' ? children : '';
  useHotkeys([...(keys === undefined ? [] : [{ keys, title, run: press }]), ...(letter === undefined ? [] : [{ keys: `Alt+${letter.toUpperCase()}`, title, run: press }])], level);
  const shown = hint ?? keys;
  const button = (
    <button
      ref={buttonRef}
      type="button"
      className={`okno-button okno-button-${variant}${small ? ' okno-button-small' : ''}`}
      aria-disabled={reason !== undefined}
      aria-pressed={pressed}
      aria-keyshortcuts={shown?.replace('Ctrl', 'Control')}
      autoFocus={props.autoFocus} // eslint-disable-line jsx-a11y/no-autofocus -- a dialog puts the focus where its harmless answer is
      onClick={press}
      onMouseEnter={() => setQuiet(false)}
      onBlur={() => setQuiet(false)}
    >
      <Label letter={letter}>{children}</Label>
      {shown === undefined ? null : <span className="okno-key">{shown}</span>}
      {chevron ? <Icon name="down" size={14} /> : null}
    </button>
  );
  // Always inside the tooltip: a button that greys while it has the focus must stay the same element, or the focus is lost. What greys under the pointer
  // keeps quiet until the pointer comes again: the click is answered by the status line.
  return (
    <Tooltip label={reason ?? ''} disabled={reason === undefined || quiet} events={{ hover: true, focus: true, touch: false }}>
      {button}
    </Tooltip>
  );
}

/** A button that is a common sign; `label` is read out and shown on hover. */
export function IconButton({ icon, label, onClick, expanded }: { readonly icon: IconName; readonly label: string; readonly onClick: () => void; readonly expanded?: boolean }): ReactNode {
  return (
    <Tooltip label={label}>
      <button type="button" className="okno-icon-button" aria-label={label} aria-expanded={expanded} onClick={onClick}>
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}
