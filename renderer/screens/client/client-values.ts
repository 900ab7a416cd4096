import type { Json } from '../../../shared/base/json.ts';
import { clientKindTitles, type Client } from '../../../shared/domain/client/model.ts';
import { clientNames, missingOfClient, numberProblems } from '../../../shared/domain/client/rules.ts';
import type { CallAnswer } from '../../../shared/protocol/ipc.ts';

export const phoneKinds = ['Мобильный', 'Рабочий', 'Домашний', 'Факс'] as const;
export const emailKinds = ['Личный', 'Рабочий', 'Для документов', 'Бухгалтерия'] as const;
export const addressKinds = ['Юридический адрес', 'Почтовый адрес', 'Фактический адрес', 'Адрес регистрации', 'Адрес объекта'] as const;
export const genderTitles = { male: 'Мужской', female: 'Женский' } as const;

/** Fields of the card as the screen calls them. */
export const clientLabels: Readonly<Record<string, string>> = {
  kind: 'Вид клиента',
  lastName: 'Фамилия',
  firstName: 'Имя',
  middleName: 'Отчество',
  name: 'Наименование',
  fullName: 'Полное наименование',
  phones: 'Телефоны',
  emails: 'E-mail',
  addresses: 'Адреса',
  contactPersons: 'Контактные лица',
  inn: 'ИНН',
  kpp: 'КПП',
  okpo: 'ОКПО',
  ogrn: 'ОГРН',
  gender: 'Пол',
  birthDate: 'Дата рождения',
  intermediaryId: 'Посредник',
  managerId: 'Основной менеджер',
  contractId: 'Основной договор',
  businessRegionId: 'Бизнес-регион',
  branchIds: 'Филиалы',
  registeredAt: 'Дата регистрации',
  aliasOf: 'Объединена с карточкой',
  merged: 'Объединение',
};

export function newClient(id: string): Client {
  return {
    id, kind: 'person', lastName: '', firstName: '', middleName: '', name: '', fullName: '', phones: [], emails: [], addresses: [], contactPersons: [], inn: '', kpp: '', okpo: '', ogrn: '', gender: '',
    birthDate: '', intermediaryId: null, managerId: null, contractId: null, businessRegionId: null, branchIds: [], registeredAt: '', aliasOf: null,
  };
}

/** «+79162041855» → «+7 916 204-18-55»; a number of another country as it is. */
export function readableNumber(e164: string): string {
  return e164.replace(/^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/, '+7 $1 $2-$3-$4');
}

/** Russian numbers of mobile operators begin with 9. */
function phoneKind(e164: string): string {
  return e164.startsWith('+7') && !e164.startsWith('+79') ? 'Рабочий' : 'Мобильный';
}

/** A new card with what the letter tells (2.6.6.2). An ИНН of ten digits is an organization's. */
export function clientFromLetter(id: string, { phones, emails, inn, address, ...person }: CallAnswer<'client.prefill'>): Client {
  const isOrganization = inn.length === 10;
  return {
    ...newClient(id),
    ...person,
    kind: isOrganization ? 'organization' : 'person',
    inn,
    phones: phones.map((typed, index) => ({ id: crypto.randomUUID(), kind: phoneKind(typed), typed: readableNumber(typed), e164: null, comment: '', main: index === 0 })),
    emails: emails.map((mail, index) => ({ id: crypto.randomUUID(), kind: isOrganization ? emailKinds[1] : emailKinds[0], address: mail, comment: '', main: index === 0 })),
    addresses: address === '' ? [] : [{ id: crypto.randomUUID(), kind: isOrganization ? 'Юридический адрес' : 'Адрес регистрации', text: address, comment: '', main: true }],
  };
}

/** How the card is called under «Открыто». */
export function clientTitle(values: Client): string {
  const { name } = clientNames(values);
  return name === '' ? 'Новый клиент' : `Клиент ${name}`;
}

/** Paths of the required fields of the card that are empty. */
export function requiredOfClient(values: Client): readonly string[] {
  if (missingOfClient(values).length === 0) return [];
  return [values.kind === 'organization' ? 'name' : 'lastName'];
}

const digits = (text: string): string => text.replace(/\s+/g, '');

/** Path → which check digit or length is wrong; spaces inside a number do not count. */
export function checksOfClient({ kind, inn, kpp, okpo, ogrn }: Client): Readonly<Record<string, string>> {
  const problems = numberProblems({ kind, inn: digits(inn), kpp: digits(kpp).toUpperCase(), okpo: digits(okpo), ogrn: digits(ogrn) });
  return Object.fromEntries(problems.map(({ field, rule }) => [field, rule]));
}

/** A value of the card as a person reads it, for the history and the question of two edits. */
export function clientFieldText(path: string, value: Json, refs: Readonly<Record<string, string>>): string {
  if (value === null || value === '') return '';
  if (typeof value === 'boolean') return value ? 'да' : 'нет';
  if (path === 'kind' && typeof value === 'string') return Object.entries(clientKindTitles).find(([kind]) => kind === value)?.[1] ?? value;
  if (path === 'gender') return value === 'male' ? genderTitles.male : genderTitles.female;
  if (path === 'birthDate' && typeof value === 'string') return value.split('-').toReversed().join('.');
  if (Array.isArray(value)) return value.map((item) => rowText(item, refs)).join('; ');
  return rowText(value, refs);
}

/** A row of a table by what it holds: the number, the address, the name. */
function rowText(row: Json, refs: Readonly<Record<string, string>>): string {
  if (typeof row === 'string') return refs[row] ?? row;
  if (row === null || typeof row !== 'object') return String(row);
  const columns = new Map<string, Json>(Object.entries(row));
  const [shown] = ['typed', 'address', 'text', 'name'].map((column) => columns.get(column)).filter((text) => typeof text === 'string');
  return shown ?? 'изменено';
}
