import PostalMime from 'postal-mime';
import { describe, expect, it } from 'vitest';
import { letterSource } from '../../../tools/demo/letter-source.ts';
import { demoLetters } from '../../../tools/demo/letters.ts';

const sentAt = new Date('2026-11-24T06:14:00.000Z');

describe('letters of the demo', () => {
  it('read back as they were written, whatever their encoding', async () => {
    const honest = demoLetters.filter(({ labelledCharset, charset }) => labelledCharset === undefined && charset !== 'cp866');
    for (const letter of honest) {
      const parsed = await PostalMime.parse(letterSource(letter, 'client@moesk.ru', sentAt, 'demo-1'));
      expect(parsed.subject ?? '').toBe(letter.subject);
      expect(parsed.from).toMatchObject(letter.from.name === '' ? { address: letter.from.address } : letter.from);
      expect(parsed.text?.replaceAll('\r\n', '\n').trim()).toContain(letter.text.trim());
      expect(parsed.attachments.filter(({ disposition }) => disposition === 'attachment').map(({ filename }) => filename)).toEqual((letter.attachments ?? []).map(({ name }) => name));
    }
  });

  it('carry whole files', async () => {
    const letter = demoLetters.find(({ subject }) => subject.startsWith('Сроки по договору'))!;
    const { attachments } = await PostalMime.parse(letterSource(letter, 'client@moesk.ru', sentAt, 'demo-2'), { attachmentEncoding: 'arraybuffer' });
    const starts = attachments.map(({ content }) => Buffer.from(content as ArrayBuffer).subarray(0, 4).toString('latin1')); // asked for above
    expect(starts).toEqual(['%PDF', 'ÿØÿà']);
  });

  it('are the same bytes for the same key', () => {
    const [letter] = demoLetters;
    expect(letterSource(letter!, 'a@b.ru', sentAt, 'k').equals(letterSource(letter!, 'a@b.ru', sentAt, 'k'))).toBe(true);
  });
});
