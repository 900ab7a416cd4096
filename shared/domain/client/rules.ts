import { innProblem, kppProblem, ogrnProblem, okpoProblem } from '../../base/check-digits.ts';
import { refusal, type Refusal } from '../../base/errors.ts';
import { isMailAddress } from '../../base/mail-address.ts';
import { clientSchema, type Client } from './model.ts';
import { normalisedPhones } from './phone-rules.ts';

type Names = Pick<Client, 'kind' | 'lastName' | 'firstName' | 'middleName' | 'name' | 'fullName'>;

/**
 * «Наименование» and «Полное наименование» (2.6.6.4, 2.6.6.5): of a person both are the ФИО; of an organization the full one fills from
 * the short one until it is typed. `before` is the card as stored: a full name that only followed the short one goes on following.
 */
export function clientNames(client: Names, before?: Names): { readonly name: string; readonly fullName: string } {
  const person = [client.lastName, client.firstName, client.middleName].map((part) => part.trim()).filter((part) => part !== '').join(' ');
  switch (client.kind) {
    case 'person':
      return { name: person, fullName: person };
    case 'soleTrader':
      return { name: person === '' ? '' : `ИП ${person}`, fullName: person === '' ? '' : `Индивидуальный предприниматель ${person}` };
    case 'organization': {
      const name = client.name.trim();
      const isFollowing = before !== undefined && before.fullName === before.name && client.fullName === before.fullName;
      return { name, fullName: client.fullName.trim() === '' || isFollowing ? name : client.fullName.trim() };
    }
  }
}

/** One row of a table is the main one: the first marked, or the first. */
function withOneMain<T extends { readonly main: boolean }>(rows: readonly T[]): T[] {
  const main = Math.max(0, rows.findIndex((row) => row.main));
  return rows.map((row, index) => ({ ...row, main: index === main }));
}

/** The card as it is stored: names derived, phones in E.164, blanks cut, empty rows left out. */
export function completedClient(client: Client, before?: Client): Client {
  const emails = client.emails.map((email) => ({ ...email, address: email.address.trim() })).filter(({ address }) => address !== '');
  const addresses = client.addresses.filter(({ text }) => text.trim() !== '');
  const number = (text: string): string => text.replace(/\s+/g, '');
  return {
    ...client,
    ...clientNames(client, before),
    lastName: client.lastName.trim(),
    firstName: client.firstName.trim(),
    middleName: client.middleName.trim(),
    phones: withOneMain(normalisedPhones(client.phones)),
    emails: withOneMain(emails),
    addresses: withOneMain(addresses),
    inn: number(client.inn),
    kpp: number(client.kpp).toUpperCase(),
    okpo: number(client.okpo),
    ogrn: number(client.ogrn),
  };
}

/** Names of the required fields of a card that are empty. */
export function missingOfClient(client: Names): readonly string[] {
  const { name } = clientNames(client);
  return name !== '' ? [] : [client.kind === 'organization' ? 'Наименование' : 'ФИО'];
}

/** The field of a card whose number is wrong, and the rule that failed; for marks beside the fields of the form. */
export function numberProblems(client: Pick<Client, 'kind' | 'inn' | 'kpp' | 'okpo' | 'ogrn'>): readonly { readonly field: 'inn' | 'kpp' | 'okpo' | 'ogrn'; readonly rule: string }[] {
  const owner = client.kind === 'organization' ? 'organization' : 'person';
  const problems = {
    inn: client.inn === '' ? null : innProblem(client.inn, owner),
    kpp: client.kpp === '' ? null : kppProblem(client.kpp),
    okpo: client.okpo === '' ? null : okpoProblem(client.okpo, owner),
    ogrn: client.ogrn === '' ? null : ogrnProblem(client.ogrn, owner),
  } as const;
  return (['inn', 'kpp', 'okpo', 'ogrn'] as const).flatMap((field) => (problems[field] === null ? [] : [{ field, rule: problems[field] }]));
}

/** What is wrong with a completed card; null if it can be written. */
export function clientProblem(client: Client): Refusal | null {
  const parsed = clientSchema.safeParse(client);
  if (!parsed.success) return refusal('invalidInput', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
  const missing = missingOfClient(client);
  if (missing.length > 0) return refusal('required', { fields: [...missing] });
  const bad = client.emails.find(({ address }) => !isMailAddress(address));
  if (bad !== undefined) return refusal('invalidInput', { field: `E-mail: ${bad.address}` });
  if (client.birthDate !== '' && !/^\d{4}-\d\d-\d\d$/.test(client.birthDate)) return refusal('invalidInput', { field: 'Дата рождения' });
  const [wrong] = numberProblems(client);
  return wrong === undefined ? null : refusal('checkDigits', { rule: wrong.rule, field: wrong.field });
}
