import { useEffect, useRef, type KeyboardEvent, type ReactNode } from 'react';
import { lineId } from '../screens/single-window/found-list.tsx';
import { openLine, openLineCard } from '../screens/single-window/open-found.ts';
import { searchListId } from '../screens/single-window/search-results.tsx';
import { closeSearchOnLeaving, longestSearch, search } from '../store/search.ts';
import { useHotkeys } from '../ui/hotkeys.ts';
import { Icon } from '../ui/icons.tsx';

const PAGE = 8;

/** The search of the title bar: F3 or Ctrl+K from anywhere; results stand in the place of the content while one types. */
export function SearchBox(): ReactNode {
  const field = useRef<HTMLInputElement>(null);
  const before = useRef<HTMLElement | null>(null);
  const { text, open, chosen } = search.use();
  useEffect(closeSearchOnLeaving, []);
  const begin = (): void => {
    const active = document.activeElement;
    if (active instanceof HTMLElement && active !== field.current) before.current = active;
    field.current?.focus();
    field.current?.select();
    search.show();
  };
  useHotkeys(
    [
      { keys: 'F3', title: 'Найти клиента, заявку, письмо', run: begin },
      { keys: 'Ctrl+K', run: begin },
    ],
    'window',
  );
  const leave = (): void => {
    search.clear();
    field.current?.blur();
    // What was looked at comes back first: a hidden element takes no focus.
    requestAnimationFrame(() => before.current?.focus({ preventScroll: true }));
  };
  return (
    // eslint-disable-next-line jsx-a11y/label-has-associated-control -- the field stands inside and names itself
    <label className="okno-search" data-open={open}>
      <Icon name="search" />
      <input
        ref={field}
        value={text}
        role="combobox"
        aria-label="Поиск"
        aria-expanded={open}
        aria-controls={searchListId}
        aria-autocomplete="list"
        aria-activedescendant={open && chosen !== null ? lineId(searchListId, chosen) : undefined}
        placeholder="Телефон, ФИО, адрес, ИНН, номер"
        spellCheck={false}
        autoComplete="off"
        maxLength={longestSearch}
        onChange={(event) => search.type(event.currentTarget.value)}
        onMouseDown={() => search.show()}
        onKeyDown={(event) => keyDown(event, leave)}
      />
      {text === '' ? (
        <span className="okno-key">F3</span>
      ) : (
        <button type="button" className="okno-search-clear" aria-label="Очистить поиск" tabIndex={-1} onMouseDown={(event) => event.preventDefault()} onClick={() => search.type('')}>
          <Icon name="close" size={14} />
        </button>
      )}
    </label>
  );
}

function keyDown(event: KeyboardEvent<HTMLInputElement>, leave: () => void): void {
  if (event.nativeEvent.isComposing || event.ctrlKey || event.altKey || event.metaKey || event.shiftKey) return;
  const keys: Readonly<Record<string, () => void>> = {
    ArrowDown: () => search.step(1),
    ArrowUp: () => search.step(-1),
    PageDown: () => search.step(PAGE),
    PageUp: () => search.step(-PAGE),
    Enter: () => search.enter(openLine),
    F2: () => search.enter(openLineCard),
    Escape: leave,
  };
  const run = keys[event.key];
  if (run === undefined) return;
  event.preventDefault();
  search.show();
  run();
}
