import type { Choice } from '../choice-field.tsx';

/** A filter that a list offers for one column: a short list of values, a part of its text, or days from–to. */
export type ListFilterField = { readonly column: string; readonly title: string } & (
  | {
      /** Asked for when they are needed, where they depend on what the list holds. */
      readonly choices: readonly Choice[] | (() => Promise<readonly Choice[]>);
    }
  | { readonly kind: 'text' }
  | { readonly kind: 'period' }
);

/** Days YYYY-MM-DD, both included; empty text for no bound. */
export interface FilterPeriod {
  readonly from: string;
  readonly to: string;
}

/** A chosen period as it is remembered: `2026-11-01..2026-11-24`. */
export function periodValue({ from, to }: FilterPeriod): string | null {
  return from === '' && to === '' ? null : `${from}..${to}`;
}

/** The period that was remembered; a text that is none bounds nothing. */
export function periodOf(value: string | null): FilterPeriod {
  const [, from = '', to = ''] = /^(\d{4}-\d\d-\d\d)?\.\.(\d{4}-\d\d-\d\d)?$/.exec(value ?? '') ?? [];
  return { from, to };
}

const shownDay = (day: string): string => day.split('-').toReversed().join('.');

/** «с 01.11.2026 по 24.11.2026». */
export function periodText({ from, to }: FilterPeriod): string {
  return [from === '' ? '' : `с ${shownDay(from)}`, to === '' ? '' : `по ${shownDay(to)}`].filter((part) => part !== '').join(' ');
}

/** What is chosen in a filter, as a person reads it; `known` are its choices, null what they do not name yet. */
export function filterText(filter: ListFilterField, value: string, known: readonly Choice[] | undefined): string | null {
  if (!('kind' in filter)) return known?.find((choice) => choice.value === value)?.label ?? null;
  return filter.kind === 'text' ? `содержит «${value}»` : periodText(periodOf(value));
}
