import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';
import { fieldEditSchema } from '../../base/field-edits.ts';
import { foldedWords } from '../../base/fold.ts';

export const clientKindSchema = z.enum(['person', 'soleTrader', 'organization']);
export type ClientKind = z.infer<typeof clientKindSchema>;
export const clientKindTitles: Readonly<Record<ClientKind, string>> = {
  person: 'Физическое лицо',
  soleTrader: 'Индивидуальный предприниматель',
  organization: 'Юридическое лицо',
};

export const phoneSchema = z.object({
  id: z.string(),
  kind: z.string(),
  /** As typed. */
  typed: z.string(),
  /** E.164, or null where the text is no valid number (kept all the same). */
  e164: z.string().nullable(),
  comment: z.string(),
  main: z.boolean(),
});
export type Phone = z.infer<typeof phoneSchema>;
/** `kind` is absent in cards written before e-mails had one. */
export const emailSchema = z.object({ id: z.string(), kind: z.string().optional(), address: z.string(), comment: z.string(), main: z.boolean() });
export type Email = z.infer<typeof emailSchema>;
export const addressSchema = z.object({ id: z.string(), kind: z.string(), text: z.string(), comment: z.string(), main: z.boolean() });
export type Address = z.infer<typeof addressSchema>;
export const contactPersonSchema = z.object({ id: z.string(), name: z.string(), position: z.string(), phone: z.string(), email: z.string(), authority: z.string() });
export type ContactPerson = z.infer<typeof contactPersonSchema>;

/** How a card was merged into another: whose it became, who decided it, and what the merge changed on that card, to be given back when it is undone. */
export const mergedSchema = z.object({ into: z.string(), by: z.string(), at: z.string(), edits: z.array(fieldEditSchema) });

/** All fields of 2.6.6. Empty text means «не указано». */
export const clientSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  kind: clientKindSchema,
  lastName: z.string(),
  firstName: z.string(),
  middleName: z.string(),
  /** «Наименование»: of a person derived from ФИО (2.6.6.4), of an organization typed (2.6.6.5). */
  name: z.string(),
  /** «Полное наименование»: filled by itself. */
  fullName: z.string(),
  phones: z.array(phoneSchema),
  emails: z.array(emailSchema),
  addresses: z.array(addressSchema),
  contactPersons: z.array(contactPersonSchema),
  inn: z.string(),
  kpp: z.string(),
  okpo: z.string(),
  ogrn: z.string(),
  gender: z.enum(['', 'male', 'female']),
  /** YYYY-MM-DD or empty. */
  birthDate: z.string(),
  intermediaryId: z.string().nullable(),
  managerId: z.string().nullable(),
  contractId: z.string().nullable(),
  businessRegionId: z.string().nullable(),
  branchIds: z.array(z.string()),
  registeredAt: z.string(),
  /** Set on a card that was merged into another: every read follows it. */
  aliasOf: z.string().nullable(),
  merged: mergedSchema.optional(),
});
export type Client = z.infer<typeof clientSchema>;

/** The last ten digits of a Russian number: any spelling finds the same client. Empty if there are fewer. */
export function phoneDigits(typed: string): string {
  const digits = typed.replace(/\D/g, '');
  return digits.length < 10 ? '' : digits.slice(-10);
}

function phoneKeys(client: Client): readonly string[] {
  return client.phones.map(({ e164, typed }) => phoneDigits(e164 ?? typed)).filter((digits) => digits !== '');
}

export const client = defineDocument<Client>({
  type: 'client',
  title: 'Клиент',
  schema: clientSchema,
  presentation: ({ name, fullName }) => name || fullName || 'без наименования',
  alias: 'aliasOf',
  columns: {
    name: { kind: 'text', value: ({ name }) => name },
    kind: { kind: 'code', value: ({ kind }) => kind },
    phone: { kind: 'text', value: ({ phones }) => (phones.find(({ main }) => main) ?? phones[0])?.typed ?? null },
    email: { kind: 'text', value: ({ emails }) => (emails.find(({ main }) => main) ?? emails[0])?.address ?? null },
    address: { kind: 'text', value: ({ addresses }) => (addresses.find(({ main }) => main) ?? addresses[0])?.text ?? null },
    inn: { kind: 'text', value: ({ inn }) => inn || null },
    registeredAt: { kind: 'time', value: ({ registeredAt }) => registeredAt },
    managerId: { kind: 'ref', refType: 'employee', value: ({ managerId }) => managerId },
    aliasOf: { kind: 'ref', refType: 'client', value: ({ aliasOf }) => aliasOf },
  },
  indexes: {
    byEmail: ({ emails }) => emails.map(({ address }) => address.trim().toLowerCase()).filter((address) => address !== ''),
    byPhone: phoneKeys,
    byInn: ({ inn }) => (inn === '' ? [] : [inn]),
    byOgrn: ({ ogrn }) => (ogrn === '' ? [] : [ogrn]),
    /** Folded full name of a person, or name of an organization. */
    byName: ({ name }) => (name === '' ? [] : [foldedWords(name).join(' ')]),
    byAlias: ({ aliasOf }) => (aliasOf === null ? [] : [aliasOf]),
  },
  searchPlaces: (document) => [
    { place: document.kind === 'organization' ? 'Наименование' : 'ФИО', kind: 'name', text: document.name },
    ...(document.fullName === document.name ? [] : [{ place: 'Полное наименование', kind: 'name', text: document.fullName } as const]),
    ...document.phones.map(({ typed, e164 }) => ({ place: 'Телефон', kind: 'phone', text: typed, value: e164 ?? typed }) as const),
    ...document.emails.map(({ address }) => ({ place: 'E-mail', kind: 'email', text: address }) as const),
    ...document.addresses.map(({ text }) => ({ place: 'Адрес', kind: 'address', text }) as const),
    { place: 'ИНН', kind: 'number', text: document.inn },
    { place: 'ОГРН', kind: 'number', text: document.ogrn },
    ...document.contactPersons.flatMap(({ name, phone, email }) => [
      { place: 'Контактное лицо', kind: 'name', text: name } as const,
      { place: 'Телефон контактного лица', kind: 'phone', text: phone } as const,
      { place: 'E-mail контактного лица', kind: 'email', text: email } as const,
    ]),
  ],
  scope: ({ branchIds }) => (branchIds.length === 0 ? ['all'] : branchIds.map((id) => `branch:${id}`)),
});
