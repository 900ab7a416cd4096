import { moscowDate, moscowText, type Instant } from './instant.ts';

/** A day or a moment of a cell: kept as it is, so that a file gets a real date. */
export interface CellTime {
  readonly at: Instant;
  readonly shown: 'date' | 'moment';
}

/** What a cell of a list says: one value for the screen, the exported file and the paper. Null says nothing. */
export type CellValue = string | number | CellTime | null;

/** A cell with a day: 24.11.2026. */
export function dateCell(at: Instant | null): CellValue {
  return at === null || at === '' ? null : { at, shown: 'date' };
}

/** A cell with a day and a time: 24.11.2026 09:14. */
export function momentCell(at: Instant | null): CellValue {
  return at === null || at === '' ? null : { at, shown: 'moment' };
}

const numberFormat = new Intl.NumberFormat('ru-RU');

/** A cell as a person reads it, times by the clock of Moscow. */
export function cellText(value: CellValue): string {
  if (value === null) return '';
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return numberFormat.format(value);
  return value.shown === 'date' ? moscowDate(value.at) : moscowText(value.at);
}

/** Text by which cells of a column stand in order: times by time, numbers (not negative) by size. */
export function cellOrder(value: CellValue): string {
  if (typeof value === 'number') return String(value).padStart(20, '0');
  return typeof value === 'object' && value !== null ? value.at : (value ?? '');
}
