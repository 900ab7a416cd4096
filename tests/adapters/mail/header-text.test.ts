import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { decodeHeaderText } from '../../../shared/mail/header-text.ts';
import { parseEmail } from '../../../shared/mail/parse-email.ts';
import { parseAddresses, parseMailDate, parseMessageIds } from '../../../shared/mail/header-fields.ts';

const word = (text: string, charset: string, label = charset): string => `=?${label}?B?${iconv.encode(text, charset).toString('base64')}?=`;
const raw = (text: string, charset: string): string => iconv.encode(text, charset).toString('latin1');

test('encoded words in any charset, folding between them dropped', () => {
  expect(decodeHeaderText(`${word('Жалоба на ', 'koi8-r')} ${word('отключение', 'koi8-r')}`)).toBe('Жалоба на отключение');
  expect(decodeHeaderText('=?utf-8?q?=D0=A1=D1=87=D1=91=D1=82_=E2=84=96_5?= (2)')).toBe('Счёт № 5 (2)');
  expect(decodeHeaderText(`Re: ${word('Заявка', 'windows-1251')} !`)).toBe('Re: Заявка !');
});

test('a word labelled wrongly, a character cut between words, base64 cut between words', () => {
  expect(decodeHeaderText(word('Прошу сообщить срок', 'windows-1251', 'iso-8859-1'))).toBe('Прошу сообщить срок');
  const bytes = Buffer.from('Привет', 'utf8');
  expect(decodeHeaderText(`=?utf-8?B?${bytes.subarray(0, 3).toString('base64')}?= =?utf-8?B?${bytes.subarray(3).toString('base64')}?=`)).toBe('Привет');
  const base64 = bytes.toString('base64');
  expect(decodeHeaderText(`=?utf-8?B?${base64.slice(0, 5)}?= =?utf-8?B?${base64.slice(5)}?=`)).toBe('Привет');
});

test('raw 8-bit header of every Cyrillic charset', () => {
  for (const charset of ['windows-1251', 'koi8-r', 'iso-8859-5', 'cp866', 'utf-8']) expect(decodeHeaderText(raw('Жалоба на отключение света', charset))).toBe('Жалоба на отключение света');
});

test('what only looks like an encoded word stays as it is', () => {
  expect(decodeHeaderText('=?utf-8?B?')).toBe('=?utf-8?B?');
  expect(decodeHeaderText('=?utf-8?Z?abc?=')).toBe('=?utf-8?Z?abc?=');
  expect(decodeHeaderText('a\u0000b\r\nc')).toBe('a b c');
});

test('addresses: names are decoded after the structure is read, groups are opened', () => {
  expect(parseAddresses(`${word('Соколова, Марина', 'koi8-r')} <m@x.ru>, group: a@b.ru, "B" <b@b.ru>;`, null)).toEqual([{ name: 'Соколова, Марина', address: 'm@x.ru' }, { name: '', address: 'a@b.ru' }, { name: 'B', address: 'b@b.ru' }]);
  expect(parseAddresses(`"${raw('Иванов И. И.', 'windows-1251')}" <i@x.ru>`, null)).toEqual([{ name: 'Иванов И. И.', address: 'i@x.ru' }]);
});

test('a last letter whose byte is a white space elsewhere is kept', async () => {
  for (const charset of ['cp866', 'utf-8']) {
    for (const name of ['Соколова Марина', 'ООО СВР']) {
      const raw = iconv.encode(`From: ${name} <m@x.ru>\r\nSubject: ${name}\r\n\r\ntext`, charset);
      expect(await parseEmail(raw, { returnPath: 'm@x.ru' })).toMatchObject({ subject: name, from: { name } });
    }
  }
});

test('ids and dates as people’s programs write them', () => {
  expect(parseMessageIds('<a@b> <c@d>')).toEqual(['a@b', 'c@d']);
  expect(parseMessageIds('a@b')).toEqual(['a@b']);
  expect(parseMessageIds(null)).toEqual([]);
  expect(parseMailDate('Tue, 24 Nov 2026 12:14:00 +0300 (MSK)')).toBe('2026-11-24T09:14:00.000Z');
  expect(parseMailDate('Вт, 24 Nov 2026 12:14:00 +0300')).toBe('2026-11-24T09:14:00.000Z');
  expect(parseMailDate('вчера')).toBeNull();
});

test('no header makes it throw', () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('=', '?', 'B', 'Q', 'u', '-', '8', ' ', '_', '\u00ff', '\u00e0', '<', '>', '"', ',', ':', ';', '(', '@') })), (text) => {
    const binary = Buffer.from(text).toString('latin1');
    expect(typeof decodeHeaderText(binary)).toBe('string');
    expect(Array.isArray(parseAddresses(binary, null))).toBe(true);
  }));
});

test('a charset that a person chose: raw bytes obey it, a word that is labelled rightly stays', () => {
  expect(decodeHeaderText(raw('ЩЭЮ', 'maccyrillic'), null, 'maccyrillic')).toBe('ЩЭЮ');
  expect(decodeHeaderText(word('Прошу сообщить срок', 'utf-8'), null, 'maccyrillic')).toBe('Прошу сообщить срок');
  expect(decodeHeaderText(word('ГУП ЖКХ', 'windows-1251', 'koi8-r'), null, 'windows-1251')).toBe('ГУП ЖКХ');
});

test('a letter read by itself wrongly is read right in the charset that a person chose', async () => {
  const text = 'Прошу Вас проверить ЛЭП. ИП Щукин Ёж';
  const letter = iconv.encode(`From: ${text} <m@x.ru>\r\nSubject: ${text}\r\nContent-Type: text/html\r\n\r\n<p>${text}</p>`, 'maccyrillic');
  expect((await parseEmail(letter, { returnPath: 'm@x.ru' })).text).not.toBe(text);
  expect(await parseEmail(letter, { returnPath: 'm@x.ru' }, 'maccyrillic')).toMatchObject({ subject: text, from: { name: text, address: 'm@x.ru' }, text, html: `<p>${text}</p>`, problems: ['Дата отправки не указана.'] });
});
