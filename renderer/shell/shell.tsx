import { Activity, useEffect, useRef, useState, type ReactNode } from 'react';
import { PlaceContext } from '../document/place-context.ts';
import { screens } from '../screens/registry.tsx';
import { SearchResults } from '../screens/single-window/search-results.tsx';
import { readDrafts } from '../store/drafts.ts';
import { goTo, isDocumentPlace, keepOpen, showPlace, stepDocument, usePlaces, type Place } from '../store/places.ts';
import { search } from '../store/search.ts';
import { useSetting } from '../store/settings.ts';
import { DialogPlace } from '../ui/dialog.tsx';
import { useHotkeys, type Hotkey } from '../ui/hotkeys.ts';
import { EmptyState } from '../ui/state-message.tsx';
import { floatingPlace } from '../ui/theme.ts';
import { tell, undoLast } from '../ui/status-message.ts';
import { z } from 'zod';
import { KeysDialog } from './keys-dialog.tsx';
import { Navigation } from './navigation.tsx';
import { ScreenGuard } from './screen-guard.tsx';
import { StatusLine } from './status-line.tsx';
import { TitleBar } from './title-bar.tsx';
import { ApplyWindowSettings, WindowSettingsDialog } from './window-settings.tsx';
import './shell.css';

/** Lists stay as they were left, but not more than this many at once. */
const KEPT_LISTS = 6;

/** The window after login: title bar, navigation, the places that are open, status line. */
export function Shell(): ReactNode {
  const { current, places, visited } = usePlaces();
  const [window_, setWindow] = useState<'settings' | 'keys' | null>(null);
  const { value: navigationShown, set: showNavigation } = useSetting('window.navigation', z.boolean(), true);
  const searching = search.use(({ open }) => open);
  useOpening();
  useHotkeys(
    [
      { keys: 'F1', title: 'Клавиши этого экрана', run: () => setWindow('keys') },
      { keys: 'Ctrl+B', title: 'Скрыть или показать разделы', run: () => showNavigation(!navigationShown) },
      { keys: 'Ctrl+Tab', title: 'Следующий открытый документ', run: () => stepDocument(1) },
      { keys: 'Ctrl+Shift+Tab', title: 'Предыдущий открытый документ', run: () => stepDocument(-1) },
      { keys: 'F6', title: 'Следующая часть окна', run: () => stepPane(1) },
      { keys: 'Shift+F6', title: 'Предыдущая часть окна', run: () => stepPane(-1) },
      { keys: 'Ctrl+Z', title: 'Отменить последнее действие', run: (event) => undoUnlessTyping(event) },
      { keys: 'Ctrl+1', title: 'Открытый документ по номеру: Ctrl+1…9', run: () => nthDocument(1) },
      ...Array.from({ length: 8 }, (_, index): Hotkey => ({ keys: `Ctrl+${index + 2}`, run: () => nthDocument(index + 2) })),
    ],
    'window',
  );
  const keptLists = visited.filter((key) => !key.includes(':')).slice(-KEPT_LISTS);
  return (
    <div className="okno-shell" data-navigation={navigationShown}>
      <ApplyWindowSettings />
      <TitleBar onSettings={() => setWindow('settings')} onKeys={() => setWindow('keys')} />
      {navigationShown ? <Navigation /> : null}
      <main className="okno-content">
        <DialogPlace>
          {places
            .filter((place) => (isDocumentPlace(place) ? visited.includes(place.key) : keptLists.includes(place.key)))
            .map((place) => (
              <Activity key={place.key} mode={place.key === current && !searching ? 'visible' : 'hidden'}>
                <PlaceFrame place={place} />
              </Activity>
            ))}
          {searching ? <SearchResults /> : null}
          {current === '' && !searching ? <EmptyState title="Выберите раздел">Разделы и открытые документы — слева.</EmptyState> : null}
          {window_ === 'settings' ? <WindowSettingsDialog onClose={() => setWindow(null)} /> : null}
          {window_ === 'keys' ? <KeysDialog onClose={() => setWindow(null)} /> : null}
        </DialogPlace>
        <div id={floatingPlace} />
      </main>
      <StatusLine />
    </div>
  );
}

function PlaceFrame({ place }: { readonly place: Place }): ReactNode {
  const screen = Object.hasOwn(screens, place.screen) ? screens[place.screen] : undefined;
  const frame = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // What had the focus is hidden now: the place that is shown takes it, unless its screen has already.
    const timer = setTimeout(() => {
      const active = document.activeElement;
      if (active === null || active === document.body || !active.checkVisibility()) frame.current?.focus({ preventScroll: true });
    });
    return () => clearTimeout(timer);
  }, []);
  return (
    <PlaceContext value={place}>
      <div ref={frame} className="okno-place-frame" data-place={place.key} tabIndex={-1}>
        <DialogPlace>
          <ScreenGuard placeKey={place.key}>{screen === undefined ? <EmptyState title="Документ этого вида здесь не открывается">Его видно в списках и в истории клиента.</EmptyState> : <screen.component />}</ScreenGuard>
        </DialogPlace>
      </div>
    </PlaceContext>
  );
}

/** Begins with the tasks; what was typed before the program ended comes back under «Открыто». */
function useOpening(): void {
  const opened = useRef(false);
  useEffect(() => {
    if (opened.current) return;
    opened.current = true;
    if (usePlaces.getState().current === '') goTo('tasks');
    void readDrafts().then((drafts) => {
      for (const { title, value } of drafts) keepOpen(value.type, value.id, title, value.params);
      if (drafts.length > 0) tell('Введённое до закрытия программы восстановлено: откройте документы под «Открыто»', { tone: 'amber' });
    });
  }, []);
}

function nthDocument(n: number): boolean {
  const place = usePlaces.getState().places.filter(isDocumentPlace)[n - 1];
  if (place === undefined) return false;
  showPlace(place.key);
  return true;
}

/** Ctrl+Z in a field is the field's own. */
function undoUnlessTyping({ target }: KeyboardEvent): boolean {
  if (target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement) return false;
  return undoLast();
}

const focusable = 'button:not([tabindex="-1"]), input:not([tabindex="-1"]), textarea, a[href], [tabindex="0"]';

/** F6: the next pane that is seen; a list takes the focus itself, else the first that can. */
function stepPane(by: number): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter((pane) => pane.checkVisibility() && pane.querySelector('[data-pane]') === null);
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + by + panes.length) % panes.length];
  (next?.querySelector<HTMLElement>('[data-pane-focus]') ?? next?.querySelector<HTMLElement>('[aria-current=page]') ?? next?.querySelector<HTMLElement>(focusable))?.focus();
}
