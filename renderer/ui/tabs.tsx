import { useRef, type KeyboardEvent, type ReactNode } from 'react';
import { formatCount } from './format.ts';
import { useHotkeys } from './hotkeys.ts';
import './pane.css';

export interface Tab<K extends string> {
  readonly key: K;
  readonly label: string;
  /** Undefined while not known: the number is absent, not 0. */
  readonly count?: number | undefined;
}

/** Tabs of a document, 32 high; Ctrl+PgUp and Ctrl+PgDn go round. */
export function Tabs<K extends string>({ tabs, current, onChange, label }: { readonly tabs: readonly Tab<K>[]; readonly current: K; readonly onChange: (key: K) => void; readonly label: string }): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  const step = (by: number): void => {
    const at = tabs.findIndex(({ key }) => key === current);
    const next = tabs[(at + by + tabs.length) % tabs.length];
    if (next !== undefined) onChange(next.key);
  };
  useHotkeys([
    { keys: 'Ctrl+PgDn', title: 'Следующая вкладка', run: () => step(1) },
    { keys: 'Ctrl+PgUp', title: 'Предыдущая вкладка', run: () => step(-1) },
  ]);
  const arrows = (event: KeyboardEvent): void => {
    if (event.key !== 'ArrowRight' && event.key !== 'ArrowLeft') return;
    event.preventDefault();
    step(event.key === 'ArrowRight' ? 1 : -1);
    requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-selected=true]')?.focus());
  };
  return (
    <div ref={list} className="okno-tabs" role="tablist" aria-label={label} onKeyDown={arrows}>
      {tabs.map(({ key, label: text, count }) => (
        <button key={key} type="button" role="tab" aria-selected={key === current} tabIndex={key === current ? 0 : -1} onClick={() => onChange(key)}>
          {text}
          {count === undefined ? null : <span> {formatCount(count)}</span>}
        </button>
      ))}
    </div>
  );
}
