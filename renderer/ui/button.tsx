import { Tooltip } from '@mantine/core';
import { useState, type ComponentProps, type ReactNode } from 'react';
import { useHotkeys, type HotkeyLevel } from './hotkeys.ts';
import { Icon, type IconName } from './icons.tsx';
import { tell } from './status-message.ts';
import './button.css';

/** What a menu or a pop-up gives to the button that opens it. */
type Opener = Pick<ComponentProps<'button'>, 'ref' | 'id' | 'aria-haspopup' | 'aria-expanded' | 'aria-controls'>;

export interface ButtonProps extends Opener {
  readonly children: ReactNode;
  /** primary: the one next step of the screen. danger: red text. subtle: text only. */
  readonly variant?: 'primary' | 'default' | 'subtle' | 'danger';
  /** A button that opens a menu is pressed by the menu. */
  readonly onClick?: () => void;
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
  /** Pressed state of a switch button. */
  readonly pressed?: boolean | undefined;
}

function openerOf({ ref, id, 'aria-haspopup': popup, 'aria-expanded': expanded, 'aria-controls': controls }: Opener): Opener {
  return { ref, id, 'aria-haspopup': popup, 'aria-expanded': expanded, 'aria-controls': controls };
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
  const { children, variant = 'default', onClick, keys, hint, letter, reason, small = false, chevron = false, level, pressed } = props;
  const [quiet, setQuiet] = useState(false);
  const press = (): void => {
    setQuiet(reason === undefined);
    if (reason === undefined) onClick?.();
    else tell(reason, { tone: 'amber' });
  };
  const title = typeof children === 'string' ? children : '';
  useHotkeys([...(keys === undefined ? [] : [{ keys, title, run: press }]), ...(letter === undefined ? [] : [{ keys: `Alt+${letter.toUpperCase()}`, title, run: press }])], level);
  const shown = hint ?? keys;
  const button = (
    <button
      {...openerOf(props)}
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
export function IconButton(props: Opener & { readonly icon: IconName; readonly label: string; readonly onClick?: () => void }): ReactNode {
  const { icon, label, onClick } = props;
  return (
    <Tooltip label={label}>
      <button {...openerOf(props)} type="button" className="okno-icon-button" aria-label={label} onClick={onClick}>
        <Icon name={icon} />
      </button>
    </Tooltip>
  );
}
