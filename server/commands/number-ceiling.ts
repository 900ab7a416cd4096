import { addMs, type Instant } from '../../shared/base/instant.ts';

/** A number has eight digits (2.8.1). */
export const HIGHEST_NUMBER = 99_999_999;
/** What a year may use at once, and how many more with each minute: together above any company's need, and below eight digits to the year's end. */
const AT_ONCE = 5_000_000;
const PER_MINUTE = 150;
/** Clocks of two servers of the centre differ by less. */
const CLOCK_SKEW_MS = 60_000;

/** Numbers of a year are held from 1 December of the year before (Moscow), so that 1 January can begin off line. */
function beginningOf(year: string): number {
  return Date.parse(`20${year}-01-01T00:00:00.000+03:00`) - 31 * 86_400_000;
}

/**
 * No number above it is ever given before `at`, whatever base the centre works on. It rises with the clock alone: a backup does not put it
 * back.
 */
export function numberCeiling(year: string, at: Instant): number {
  const minutes = Math.max(0, Date.parse(at) - beginningOf(year)) / 60_000;
  return Math.min(HIGHEST_NUMBER, AT_ONCE + Math.floor(minutes * PER_MINUTE));
}

/**
 * A restored base gives numbers only from above what may have been given before the restore, by itself or by another base restored
 * from the same backup. `restoredAt` null: it never was restored.
 */
export function numberFloor(year: string, restoredAt: Instant | null): number {
  return restoredAt === null ? 0 : numberCeiling(year, addMs(restoredAt, CLOCK_SKEW_MS));
}
