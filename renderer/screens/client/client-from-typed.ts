import { innProblem } from '../../../shared/base/check-digits.ts';
import { isMailAddress } from '../../../shared/base/mail-address.ts';
import type { Client } from '../../../shared/domain/client/model.ts';
import { newClient, readableNumber } from './client-values.ts';
import { withContact } from './contact-rows.ts';

/** Legal forms with which names of organizations begin, and quotes. */
const organization = /[«»"]|^(?:ООО|АО|ПАО|ОАО|ЗАО|СНТ|ТСН|ТСЖ|ГБУ|МБУ|МКУ|ГУП|МУП|НКО|Фонд|Администрация)(?:\s|$)/iu;

const named = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/** A new card with what was looked for and not found (2.1.3): a phone, an e-mail, an ИНН, the name of an organization, a ФИО. */
export function clientFromTyped(id: string, typed: string): Client {
  const text = typed.trim().replace(/\s+/g, ' ');
  const empty = newClient(id);
  if (isMailAddress(text)) return { ...empty, ...withContact(empty, 'emails', crypto.randomUUID(), text) };
  if (/^[+\d\s().-]+$/.test(text)) return withDigits(empty, text);
  if (organization.test(text)) return { ...empty, kind: 'organization', name: text };
  const [lastName = '', firstName = '', ...rest] = text.split(' ').map(named);
  return { ...empty, lastName, firstName, middleName: rest.join(' ') };
}

/** Ten digits with the check digit of an organization are its ИНН, unless they read as a mobile number; twelve are a person's. */
function withDigits(client: Client, text: string): Client {
  const digits = text.replace(/\D/g, '');
  if (digits.length === 12 && innProblem(digits, 'person') === null) return { ...client, inn: digits };
  if (digits.length === 10 && !digits.startsWith('9') && innProblem(digits, 'organization') === null) return { ...client, kind: 'organization', inn: digits };
  const national = digits.length >= 10 ? digits.slice(-10) : '';
  return { ...client, phones: [{ id: crypto.randomUUID(), kind: national.startsWith('9') ? 'Мобильный' : 'Рабочий', typed: national === '' ? text : readableNumber(`+7${national}`), e164: null, comment: '', main: true }] };
}
