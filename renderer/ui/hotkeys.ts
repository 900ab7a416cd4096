import { createContext, use, useEffect, useRef, type RefObject } from 'react';

/**
 * Where a key belongs. A key goes to the topmost level that knows it: the dialog, then the screen, then the window. A dialog
 * keeps the screen's keys from acting, the window's stay alive.
 */
export type HotkeyLevel = 'window' | 'screen' | 'dialog';

export interface Hotkey {
  /** `Ctrl+S`, `Alt+П` (the place of that Russian letter), `Shift+F6`, `Escape`. */
  readonly keys: string;
  /** What it does, for F1. Without it the key is not listed. */
  readonly title?: string;
  /** False lets the key go on to whoever is below. */
  readonly run: (event: KeyboardEvent) => boolean | undefined | void;
}

interface Registration {
  readonly level: HotkeyLevel;
  readonly read: () => readonly Hotkey[];
  /** The keys act only while the focus is inside. */
  readonly inside: RefObject<HTMLElement | null> | undefined;
}

const letterPlaces: Readonly<Record<string, string>> = {
  Й: 'KeyQ', Ц: 'KeyW', У: 'KeyE', К: 'KeyR', Е: 'KeyT', Н: 'KeyY', Г: 'KeyU', Ш: 'KeyI', Щ: 'KeyO', З: 'KeyP', Х: 'BracketLeft', Ъ: 'BracketRight',
  Ф: 'KeyA', Ы: 'KeyS', В: 'KeyD', А: 'KeyF', П: 'KeyG', Р: 'KeyH', О: 'KeyJ', Л: 'KeyK', Д: 'KeyL', Ж: 'Semicolon', Э: 'Quote',
  Я: 'KeyZ', Ч: 'KeyX', С: 'KeyC', М: 'KeyV', И: 'KeyB', Т: 'KeyN', Ь: 'KeyM', Б: 'Comma', Ю: 'Period', Ё: 'Backquote',
};
const namedPlaces: Readonly<Record<string, string>> = { Ins: 'Insert', Del: 'Delete', PgUp: 'PageUp', PgDn: 'PageDown', Esc: 'Escape', '+': 'Equal', '-': 'Minus', '↓': 'ArrowDown', '↑': 'ArrowUp' };
const modifierNames = ['Ctrl', 'Alt', 'Shift'];

function placeOf(name: string): string {
  if (/^[A-Z]$/.test(name)) return `Key${name}`;
  if (/^\d$/.test(name)) return `Digit${name}`;
  return letterPlaces[name.toUpperCase()] ?? namedPlaces[name] ?? name;
}

/** The key written as it is compared: modifiers in one order, then the place on the keyboard. */
export function hotkeyOf(keys: string): string {
  const parts = keys.split(/\+(?!$)/);
  const held = modifierNames.filter((name) => parts.includes(name));
  return [...held, placeOf(parts.at(-1) ?? '')].join('+');
}

/** The same for a pressed key: by place, so Russian and Latin layouts behave the same. */
export function pressedHotkey(event: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'code'>): string {
  const held = [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : ''].filter((name) => name !== '');
  return [...held, event.code.replace('NumpadAdd', 'Equal').replace('NumpadSubtract', 'Minus').replace('NumpadEnter', 'Enter')].join('+');
}

const registrations: Registration[] = [];
const levels: readonly HotkeyLevel[] = ['dialog', 'screen', 'window'];

/** Esc in a menu that is open over the screen closes the menu, not what stands under it. */
function belongsToDropdown({ key, target }: KeyboardEvent): boolean {
  return key === 'Escape' && target instanceof Element && target.closest('.mantine-Popover-dropdown, .mantine-Menu-dropdown') !== null;
}

/** Of several lists on one screen, which one is the focus in? */
function isThere({ inside }: Registration): boolean {
  return inside === undefined || inside.current?.contains(document.activeElement) === true;
}

let muted = 0;

/** No key of the window acts until what this answers is called. */
export function muteHotkeys(): () => void {
  muted += 1;
  return () => {
    muted -= 1;
  };
}

function dispatch(event: KeyboardEvent): void {
  if (muted > 0 || event.defaultPrevented || event.isComposing || belongsToDropdown(event)) return;
  const pressed = pressedHotkey(event);
  const modal = registrations.some(({ level }) => level === 'dialog');
  for (const level of levels) {
    if (level === 'screen' && modal) continue;
    const there = registrations.filter((one) => one.level === level && isThere(one)).toReversed();
    // What has the focus knows better than what stands around it.
    for (const registration of [...there.filter(({ inside }) => inside !== undefined), ...there.filter(({ inside }) => inside === undefined)]) {
      for (const hotkey of registration.read()) {
        if (hotkeyOf(hotkey.keys) !== pressed || hotkey.run(event) === false) continue;
        event.preventDefault();
        return;
      }
    }
  }
}

/** Starts listening; letters of the buttons are underlined while Alt is held. Answers how to stop. */
export function listenToHotkeys(target: Window): () => void {
  const showLetters = (event: KeyboardEvent): void => {
    target.document.documentElement.toggleAttribute('data-alt', event.altKey);
  };
  const hideLetters = (): void => target.document.documentElement.removeAttribute('data-alt');
  target.addEventListener('keydown', dispatch);
  target.addEventListener('keydown', showLetters, true);
  target.addEventListener('keyup', showLetters, true);
  target.addEventListener('blur', hideLetters);
  return () => {
    target.removeEventListener('keydown', dispatch);
    target.removeEventListener('keydown', showLetters, true);
    target.removeEventListener('keyup', showLetters, true);
    target.removeEventListener('blur', hideLetters);
  };
}

/** What stands inside a dialog has its keys at the dialog's level by itself. */
export const HotkeyLevelContext = createContext<HotkeyLevel>('screen');

/** Keys of a component while it is shown; with `inside` only while the focus is in that element. */
export function useHotkeys(hotkeys: readonly Hotkey[], ownLevel?: HotkeyLevel, inside?: RefObject<HTMLElement | null>): void {
  const around = use(HotkeyLevelContext);
  const level = ownLevel ?? around;
  const latest = useRef(hotkeys);
  useEffect(() => {
    latest.current = hotkeys;
  });
  useEffect(() => {
    const registration: Registration = { level, read: () => latest.current, inside };
    registrations.push(registration);
    return () => {
      registrations.splice(registrations.indexOf(registration), 1);
    };
  }, [level, inside]);
}

/** Keys that work now, for F1: the topmost first. */
export function activeHotkeys(): readonly { readonly keys: string; readonly title: string; readonly level: HotkeyLevel }[] {
  return levels.flatMap((level) =>
    registrations
      .filter((one) => one.level === level && isThere(one))
      .flatMap((one) => one.read())
      .flatMap(({ keys, title }) => (title === undefined ? [] : [{ keys, title, level }])),
  );
}
