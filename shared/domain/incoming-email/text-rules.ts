import { findPhoneNumbersInText } from 'libphonenumber-js/min';
import { innProblem } from '../../base/check-digits.ts';
import { isMailAddress } from '../../base/mail-address.ts';
import type { IncomingEmail } from './model.ts';

/** What a letter tells is looked for in its beginning: signatures of quoted letters below belong to others. */
const textLooked = 20_000;

/** The letter's own text: without the letters quoted below it and without lines marked `>`. */
export function ownText(text: string): string {
  const cut = text.slice(0, textLooked).search(/^\s*(?:-{2,}\s*(?:исходное|пересылаемое|original|forwarded)\b|(?:от|from):\s.+@|.{0,200}(?:пишет|написал(?:а|\(а\))?|wrote):\s*$)/imu);
  const own = cut <= 0 ? text.slice(0, textLooked) : text.slice(0, cut);
  return own.split('\n').filter((line) => !/^\s*>/.test(line)).join('\n');
}

/** Phone numbers of a text in E.164, each once, in order. */
export function phonesIn(text: string): readonly string[] {
  return [...new Set(findPhoneNumbersInText(ownText(text), 'RU').map(({ number }) => number.number))];
}

/** ИНН named in a text whose control digits are right, each once. */
export function innsIn(text: string): readonly string[] {
  const named = [...ownText(text).matchAll(/ИНН[^\d\n]{0,20}(\d{12}|\d{10})(?!\d)/giu)].map(([, inn = '']) => inn);
  return [...new Set(named)].filter((inn) => innProblem(inn, inn.length === 10 ? 'organization' : 'person') === null);
}

/** Numbers of applications named in a text: И-26-00-418233/102 and the like, each once, in capitals. */
export function applicationNumbersIn(text: string): readonly string[] {
  const found = text.slice(0, textLooked).matchAll(/(?<![\p{L}\d-])\p{L}{1,3}-\d{2}-\d{2}-\d{4,8}(?:\/\d{1,4})?(?![\d/])/giu);
  return [...new Set([...found].map(([number]) => number.toUpperCase()))];
}

const addressMark = /(?<!\p{L})(?:\d{6}(?!\d)|обл(?:асть|\.)|г\.|г\.\s?о\.|город|р-н|район|пос\.|пгт|дер\.|д\.|с\.|ул\.|улица|пер\.|просп\.|пр-т|ш\.|шоссе|мкр\.|б-р|кв\.|корп\.|СНТ|ДНП)(?!\p{L})/giu;

/** The postal address in a text: the line after «Адрес:», else the first line that reads as one; empty if there is none. */
export function addressIn(text: string): string {
  const lines = ownText(text).split('\n').map((line) => line.trim());
  const named = lines.flatMap((line) => /^(?:(?:мой|наш|почтовый|юридический|фактический)\s+)?адрес[^:\n]{0,40}:\s*(.{8,300})$/iu.exec(line)?.[1] ?? [])[0];
  if (named !== undefined && !isMailAddress(named)) return named;
  return lines.find((line) => line.length <= 300 && new Set([...line.matchAll(addressMark)].map(([mark]) => mark.toLowerCase().replace(/^\d+$/, 'index'))).size >= 3) ?? '';
}

export interface PersonName {
  readonly lastName: string;
  readonly firstName: string;
  readonly middleName: string;
}

const noName: PersonName = { lastName: '', firstName: '', middleName: '' };
const nameWord = '[А-ЯЁ][а-яё]+(?:-[А-ЯЁ][а-яё]+)?';
const patronymic = /(?:вич|вна|ична|инична|ьич|мич|кич|тич)$/u;
const surname = /(?:[оеё]ва?|[иы]на?|[сц]к(?:ий|ая|ой)|енко|[юу]к|ян|дзе|швили|[иы]х|ич|аго|ло)$/u;
/** First names that end as surnames do. */
const firstNamesLikeSurnames = new Set(['Алевтина', 'Алина', 'Альбина', 'Ангелина', 'Антонина', 'Арина', 'Валентин', 'Валентина', 'Галина', 'Данила', 'Екатерина', 'Елена', 'Ирина', 'Карина', 'Константин', 'Кристина', 'Лев', 'Марина', 'Мартин', 'Нина', 'Полина', 'Регина', 'Яков', 'Ян']);

const isSurname = (word: string): boolean => surname.test(word) && !firstNamesLikeSurnames.has(word);

/** A name of two or three words → the three fields, whichever order it stands in; null if it does not read as a name. */
export function readPersonName(text: string): PersonName | null {
  const words = text.trim().split(/\s+/);
  if (!words.every((word) => new RegExp(`^${nameWord}$`, 'u').test(word))) return null;
  const [first = '', second = '', third = ''] = words;
  if (words.length === 3 && patronymic.test(third)) return { lastName: first, firstName: second, middleName: third };
  if (words.length === 3 && patronymic.test(second)) return { lastName: third, firstName: first, middleName: second };
  if (words.length !== 2) return null;
  if (patronymic.test(second) && !isSurname(first)) return { lastName: '', firstName: first, middleName: second };
  return isSurname(first) && !isSurname(second) ? { lastName: first, firstName: second, middleName: '' } : { lastName: second, firstName: first, middleName: '' };
}

/** A full ФИО in the text: in the signature first, else where the writer names himself. */
function nameInText(text: string): PersonName | null {
  const own = ownText(text);
  const sign = own.search(/с\s+уважением|заранее\s+(?:благодар|спасибо)|^\s*--\s*$/imu);
  const named = /(?:меня\s+зовут|заявитель|ФИО|Ф\.\s?И\.\s?О\.)[\s:—-]*/iu.exec(own);
  const places = [...(sign < 0 ? [] : [own.slice(sign)]), ...(named === null ? [] : [own.slice(named.index + named[0].length)]), own.slice(-400)];
  for (const place of places) {
    for (const [three] of place.matchAll(new RegExp(`(?<!\\p{L})${nameWord}[ \\t]+${nameWord}[ \\t]+${nameWord}(?!\\p{L})`, 'gu'))) {
      const name = readPersonName(three);
      if (name !== null) return name;
    }
  }
  return null;
}

/** ФИО of the writer: a full one of the text, else the name of the sender; fields that are not told are empty. */
export function personNameOf({ from, text }: Pick<IncomingEmail, 'from' | 'text'>): PersonName {
  const ofSender = readPersonName(from.name.replace(/["'«»]/g, ''));
  if (ofSender !== null && ofSender.middleName !== '' && ofSender.lastName !== '') return ofSender;
  return nameInText(text) ?? ofSender ?? noName;
}

/** What «Создать клиента» fills in from a letter (2.6.6.2). */
export interface ClientPrefill extends PersonName {
  readonly phones: readonly string[];
  readonly emails: readonly string[];
  readonly inn: string;
  readonly address: string;
}

/** The address of the sender [S] and what else the letter tells. */
export function clientPrefill(email: Pick<IncomingEmail, 'from' | 'text'>): ClientPrefill {
  const { address } = email.from;
  return {
    ...personNameOf(email),
    phones: phonesIn(email.text),
    emails: address === '' ? [] : [address],
    inn: innsIn(email.text)[0] ?? '',
    address: addressIn(email.text),
  };
}
