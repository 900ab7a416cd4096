import fc from 'fast-check';
import { expect, test } from 'vitest';
import { storableJson } from '../../../server/db/clean-json.ts';
import { filesOf, storedKey } from '../../../server/db/document-keys.ts';
import { locksOf } from '../../../server/db/lock-buckets.ts';
import type { BatchWrite } from '../../../server/db/centre-store.ts';

test('text that jsonb takes is kept to the letter, the rest loses only what jsonb refuses', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const stored: unknown = JSON.parse(storableJson({ text }));
      expect(stored).toEqual({ text: text.replaceAll('\0', '').toWellFormed() });
    }),
  );
  expect(storableJson({ text: '\\u0000' })).toBe('{"text":"\\\\u0000"}');
});

test('a key of any length becomes one that an index takes, equal keys equal ones', () => {
  expect(storedKey('a@b.ru')).toBe('a@b.ru');
  expect(Buffer.byteLength(storedKey('я'.repeat(100_000)))).toBeLessThan(1000);
  expect(storedKey('я'.repeat(1000))).toBe(storedKey('я'.repeat(1000)));
  expect(storedKey('я'.repeat(1000))).not.toBe(storedKey('я'.repeat(1001)));
});

test('files are found wherever a document names them', () => {
  const [a, b, c] = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
  expect([...filesOf({ rawFileId: a, htmlFileId: null, attachments: [{ fileId: b, name: c }], note: c })]).toEqual([a, b]);
});

const empty: BatchWrite = { epoch: 'e', gets: [], finds: [], commands: [], repeated: [], documents: [], history: [], indexRemoved: [], indexAdded: [], numbers: [], effects: [], cancels: [] };

test('locks come in one order, and what is both read and written is locked once, exclusively', () => {
  const write: BatchWrite = {
    ...empty,
    gets: [{ type: 't', id: '1', version: 1 }, { type: 't', id: '2', version: 1 }],
    documents: [{ type: 't', id: '2', version: 2, document: { id: '2' }, scope: [] }],
  };
  const locks = locksOf(write);
  expect(locks).toEqual([...locks].sort((x, y) => x - y));
  expect(locks.map((lock) => lock % 2).sort((a, b) => a - b)).toEqual([0, 1]);
});
