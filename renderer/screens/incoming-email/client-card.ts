import type { Client } from '../../../shared/domain/client/model.ts';

const mainFirst = <T extends { readonly main: boolean }>(rows: readonly T[]): readonly T[] => [...rows.filter(({ main }) => main), ...rows.filter(({ main }) => !main)];

/** Phones of a card as typed, the main one first. */
export function phonesOf({ phones }: Client): readonly string[] {
  return mainFirst(phones).map(({ typed, e164 }) => typed || e164 || '');
}

export function emailsOf({ emails }: Client): readonly string[] {
  return mainFirst(emails).map(({ address }) => address);
}

export function addressesOf({ addresses }: Client): readonly string[] {
  return mainFirst(addresses).map(({ text }) => shortAddress(text));
}

/** An address without its index and region, which do not tell clients apart. */
export function shortAddress(text: string): string {
  return text.replace(/^\s*\d{6},\s*/, '').replace(/^[^,]*(?:обл\.?|область),\s*/i, '');
}

/** What tells namesakes apart: the birth date of a person, ИНН of an organization. */
export function tellsApart({ kind, birthDate, inn }: Client): string {
  if (kind === 'organization' || birthDate === '') return inn === '' ? '' : `ИНН ${inn}`;
  const [year = '', month = '', day = ''] = birthDate.split('-');
  return `${day}.${month}.${year}`;
}
