import type { Client } from '../../../shared/domain/client/model.ts';
import { addressKinds, emailKinds, phoneKinds } from './client-values.ts';

/** Tables of contacts in a card, each with one main row. */
export type ContactTable = 'phones' | 'emails' | 'addresses';

/** The column of a table that holds the contact itself. */
export const valueColumn = { phones: 'typed', emails: 'address', addresses: 'text' } as const;

/** The table with one row more; the first row is the main one. */
export function withContact(values: Client, table: ContactTable, id: string, text: string): Partial<Client> {
  const { phones, emails, addresses, kind } = values;
  const isOrganization = kind === 'organization';
  switch (table) {
    case 'phones':
      return { phones: [...phones, { id, kind: phoneKinds[0], typed: text, e164: null, comment: '', main: phones.length === 0 }] };
    case 'emails':
      return { emails: [...emails, { id, kind: isOrganization ? emailKinds[1] : emailKinds[0], address: text, comment: '', main: emails.length === 0 }] };
    case 'addresses':
      return { addresses: [...addresses, { id, kind: isOrganization ? addressKinds[0] : addressKinds[3], text, comment: '', main: addresses.length === 0 }] };
  }
}

const without = <T extends { readonly id: string }>(rows: readonly T[], id: string): T[] => rows.filter((row) => row.id !== id);
const withMain = <T extends { readonly id: string; readonly main: boolean }>(rows: readonly T[], id: string): T[] => rows.map((row) => ({ ...row, main: row.id === id }));

/** The table without a row, or with that row as its main one. */
export function changedContact(values: Client, table: ContactTable, id: string, change: 'remove' | 'main'): Partial<Client> {
  switch (table) {
    case 'phones':
      return { phones: change === 'remove' ? without(values.phones, id) : withMain(values.phones, id) };
    case 'emails':
      return { emails: change === 'remove' ? without(values.emails, id) : withMain(values.emails, id) };
    case 'addresses':
      return { addresses: change === 'remove' ? without(values.addresses, id) : withMain(values.addresses, id) };
  }
}
