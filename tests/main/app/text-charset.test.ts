import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { charsetOfText } from '../../../main/app/text-charset.ts';

const text = 'Показания счётчика; дата\r\n12345; 24.11.2026\r\nПрошу принять показания прибора учёта и выслать квитанцию.';

it.each(['utf-8', 'windows-1251', 'koi8-r', 'iso-8859-5', 'cp866'])('a text file in %s is read in its own charset', (charset) => {
  const bytes = iconv.encode(text, charset);
  expect(new TextDecoder(charsetOfText(bytes)).decode(bytes)).toBe(text);
});

it('a text of bare ASCII and an empty one are UTF-8; the mark of UTF-16 is believed', () => {
  expect(charsetOfText(Buffer.from('12345'))).toBe('utf-8');
  expect(charsetOfText(new Uint8Array())).toBe('utf-8');
  expect(charsetOfText(iconv.encode(text, 'utf-16le', { addBOM: true }))).toBe('utf-16le');
});

it('a long text cut inside a character by the sample is still UTF-8', () => {
  expect(charsetOfText(Buffer.from('я'.repeat(20_000)))).toBe('utf-8');
  expect(charsetOfText(Buffer.from(`1${'я'.repeat(20_000)}`))).toBe('utf-8');
});
