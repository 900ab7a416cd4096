import { useEffect, useState } from 'react';
import type { Choice } from '../choice-field.tsx';
import type { ListFilterField } from './filters.ts';

/**
 * The choices of filters by column: those declared at once, those that must be asked for when the settings are opened, or before that
 * where one of them is chosen and must be named.
 */
export function useFilterChoices(filters: readonly ListFilterField[], chosen: Readonly<Record<string, string>>): { readonly known: Readonly<Record<string, readonly Choice[]>>; readonly onOpen: () => void } {
  const [asked, setAsked] = useState<Readonly<Record<string, readonly Choice[]>>>({});
  const [opened, setOpened] = useState(0);
  const named = Object.keys(chosen).join(' ');
  useEffect(() => {
    let isOver = false;
    for (const filter of filters) {
      if (!('choices' in filter) || typeof filter.choices !== 'function' || (opened === 0 && !named.split(' ').includes(filter.column))) continue;
      void filter.choices().then((found) => {
        if (!isOver) setAsked((old) => ({ ...old, [filter.column]: found }));
      });
    }
    return () => {
      isOver = true;
    };
  }, [filters, named, opened]);
  const declared = Object.fromEntries(filters.flatMap((filter) => (!('choices' in filter) || typeof filter.choices === 'function' ? [] : [[filter.column, filter.choices]])));
  return { known: { ...asked, ...declared }, onOpen: () => setOpened((count) => count + 1) };
}
