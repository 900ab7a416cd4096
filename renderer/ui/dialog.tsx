import { FocusTrap } from '@mantine/core';
import { createContext, use, useEffect, useId, useRef, useState, type ReactNode } from 'react';
import { createPortal } from 'react-dom';
import { Button } from './button.tsx';
import { HotkeyLevelContext, useHotkeys } from './hotkeys.ts';
import './dialog.css';

interface PlaceHost {
  readonly element: HTMLElement | null;
  /** Counts open dialogs: the document below is inert meanwhile, and has its focus back afterwards. */
  readonly hold: (focused: Element | null) => () => void;
}

const Host = createContext<PlaceHost | null>(null);

/** The pane of one document: its dialogs cover it and nothing else. */
export function DialogPlace({ children }: { readonly children: ReactNode }): ReactNode {
  const [element, setElement] = useState<HTMLElement | null>(null);
  const [open, setOpen] = useState(0);
  const [host, setHost] = useState<PlaceHost | null>(null);
  const before = useRef<Element | null>(null);
  useEffect(() => {
    if (open > 0 || before.current === null) return;
    if (before.current instanceof HTMLElement && before.current.isConnected) before.current.focus();
    before.current = null;
  }, [open]);
  useEffect(() => {
    setHost({
      element,
      hold: (focused) => {
        before.current ??= focused;
        setOpen((count) => count + 1);
        return () => setOpen((count) => count - 1);
      },
    });
  }, [element]);
  return (
    <Host value={host}>
      <div className="okno-place">
        <div className="okno-place-body" inert={open > 0}>
          {children}
        </div>
        <div ref={setElement} className="okno-place-dialogs" data-open={open > 0} />
      </div>
    </Host>
  );
}

export interface DialogProps {
  /** The question itself, or the name of what is chosen. */
  readonly title: string;
  readonly text?: ReactNode;
  readonly children?: ReactNode;
  /** From the left: primary, other; `<DialogEnd>` holds «Отмена» at the right. */
  readonly actions?: ReactNode;
  /** Esc, the harmless way. */
  readonly onClose: () => void;
  readonly width?: number;
  /** Key written beside «Отмена»; pass `cancel` to name it otherwise. */
  readonly cancel?: string;
  /** Fills the height: a catalogue. */
  readonly tall?: boolean;
}

/** A question that cannot wait, over its document only. The focus stays inside and comes back afterwards. */
export function Dialog({ title, text, children, actions, onClose, width = 496, cancel = 'Отмена', tall = false }: DialogProps): ReactNode {
  const host = use(Host);
  const id = useId();
  const [focused] = useState(() => document.activeElement);
  useHotkeys([{ keys: 'Escape', run: onClose }], 'dialog');
  useEffect(() => {
    if (host === null) return;
    return host.hold(focused);
  }, [host, focused]);
  if (host === null || host.element === null) return null;
  return createPortal(
    <HotkeyLevelContext value="dialog">
    <div className="okno-scrim">
      <FocusTrap active>
        <div className={`okno-dialog${tall ? ' okno-dialog-tall' : ''}`} role="dialog" aria-modal="true" aria-labelledby={id} style={{ width }}>
          <h2 id={id} className="okno-title okno-dialog-title">
            {title}
          </h2>
          {text === undefined ? null : <div className="okno-dialog-text">{text}</div>}
          {children}
          <div className="okno-dialog-actions">
            {actions}
            <span className="okno-dialog-end">
              <Button variant="subtle" hint="Esc" onClick={onClose}>
                {cancel}
              </Button>
            </span>
          </div>
        </div>
      </FocusTrap>
    </div>
    </HotkeyLevelContext>,
    host.element,
  );
}

export interface Answer {
  readonly id: string;
  readonly label: string;
  /** What it does, when the question is not plain. */
  readonly does?: string;
  readonly letter?: string;
  readonly variant?: 'primary' | 'default' | 'danger';
}

export interface Question {
  readonly title: string;
  readonly text?: ReactNode;
  readonly answers: readonly Answer[];
  readonly cancel?: string;
  /** Wider where the answers need it, px. */
  readonly width?: number;
}

/** Asks over this document: `await ask({…})` gives the id of the answer, null for Esc. Render `question` once. */
export function useQuestion(): { readonly ask: (question: Question) => Promise<string | null>; readonly question: ReactNode } {
  const [asked, setAsked] = useState<(Question & { readonly answer: (id: string | null) => void }) | null>(null);
  const ask = (question: Question): Promise<string | null> =>
    new Promise((resolve) => {
      setAsked({
        ...question,
        answer: (id) => {
          setAsked(null);
          resolve(id);
        },
      });
    });
  if (asked === null) return { ask, question: null };
  const explained = asked.answers.filter(({ does }) => does !== undefined);
  return {
    ask,
    question: (
      <Dialog
        title={asked.title}
        text={asked.text}
        onClose={() => asked.answer(null)}
        {...(asked.cancel === undefined ? {} : { cancel: asked.cancel })}
        {...(asked.width === undefined ? {} : { width: asked.width })}
        actions={asked.answers.map(({ id, label, letter, variant }, index) => (
          <Button key={id} level="dialog" variant={variant ?? (index === 0 ? 'primary' : 'default')} autoFocus={index === 0} hint={index === 0 ? 'Enter' : letter === undefined ? undefined : `Alt+${letter}`} letter={index === 0 ? undefined : letter} onClick={() => asked.answer(id)}>
            {label}
          </Button>
        ))}
      >
        {explained.length === 0 ? null : (
          <dl className="okno-dialog-answers">
            {explained.map(({ id, label, does }) => (
              <div key={id}>
                <dt>{label}</dt>
                <dd>{does}</dd>
              </div>
            ))}
          </dl>
        )}
      </Dialog>
    ),
  };
}
