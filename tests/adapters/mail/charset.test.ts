import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { decodeText } from '../../../shared/mail/charset.ts';
import { detectCyrillic } from '../../../shared/base/cyrillic-charset.ts';

const charsets = ['windows-1251', 'koi8-r', 'iso-8859-5', 'cp866', 'utf-8'] as const;
const labels = [null, '', 'us-ascii', 'iso-8859-1', 'windows-1252', 'x-unknown', 'cp1251-что-то', ...charsets] as const;
const texts = [
  'Здравствуйте! Прошу сообщить о ходе заявки И-26-00-418233/102.',
  'Света нет третий день, дом 14, посёлок Беляниново',
  'ОТКЛЮЧЕНИЕ СВЕТА',
  'Привет',
  'Счёт',
  'Жалоба',
  'Отчёт.docx',
  'Марина Соколова',
  'Щит',
  'ООО Ромашка',
];

describe('a Cyrillic text is read whatever its charset is called', () => {
  for (const charset of charsets) {
    test(charset, () => {
      for (const text of texts) {
        for (const label of labels) expect({ label, text: decodeText(iconv.encode(text, charset), label).text }).toEqual({ label, text });
      }
    });
  }
});

test('a right label is believed and a wrong one is told of', () => {
  const bytes = iconv.encode('Прошу сообщить о ходе заявки', 'koi8-r');
  expect(decodeText(bytes, 'koi8-r')).toMatchObject({ charset: 'koi8-r', how: 'declared', lossy: false });
  expect(decodeText(bytes, 'windows-1251')).toMatchObject({ charset: 'koi8-r', how: 'corrected' });
  expect(decodeText(bytes, null)).toMatchObject({ charset: 'koi8-r', how: 'detected' });
});

test('x-mac-cyrillic is read where the letter names it, in the text and in its short pieces', () => {
  for (const text of texts) {
    const bytes = iconv.encode(text, 'maccyrillic');
    for (const label of ['x-mac-cyrillic', 'X-MAC-UKRAINIAN']) expect(decodeText(bytes, label).text).toBe(text);
    expect(decodeText(bytes, null, 'x-mac-cyrillic').text).toBe(text);
    expect(decodeText(iconv.encode(text, 'windows-1251'), 'x-mac-cyrillic').text).toBe(text);
  }
});

test('other languages keep their declared charset', () => {
  for (const [text, charset] of [['Müller grüßt', 'iso-8859-1'], ['Café à la carte', 'windows-1252'], ['Ülo Õun', 'iso-8859-1'], ['Žižek', 'iso-8859-2'], ['Привіт, як справи', 'koi8-u'], ['日本語テスト', 'shift_jis'], ['中文', 'gb2312']] as const) {
    expect(decodeText(iconv.encode(text, charset), charset).text).toBe(text);
  }
});

test('a short piece is read as the rest of its letter', () => {
  const bytes = iconv.encode('я', 'koi8-r');
  expect(detectCyrillic(bytes, (part, charset) => iconv.decode(Buffer.from(part), charset), 'koi8-r').charset).toBe('koi8-r');
  expect(decodeText(bytes, null, 'koi8-r').text).toBe('я');
});

test('mostly whole UTF-8 stays UTF-8, and the lost signs are told of', () => {
  const bytes = Buffer.concat([Buffer.from('Прошу сообщить о ходе заявки ', 'utf8'), Buffer.from([0xff]), Buffer.from(' на присоединение', 'utf8')]);
  expect(decodeText(bytes, 'utf-8')).toMatchObject({ charset: 'utf-8', lossy: true });
});

test('no bytes and no label make it throw', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.oneof(fc.constant(null), fc.string(), fc.constantFrom(...charsets)), (bytes, label) => {
    expect(typeof decodeText(bytes, label).text).toBe('string');
  }));
});
