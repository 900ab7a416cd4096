import { once } from 'node:events';
import { createConnection } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createEmailParser } from '../../../server/adapters/mail/email-parser.ts';
import { incomingEmailId } from '../../../server/adapters/mail/intake-key.ts';
import { startMailIntake, type MailIntake } from '../../../server/adapters/mail/mail-intake.ts';
import { letterLimit, startMailListener } from '../../../server/adapters/mail/mail-listener.ts';
import type { EmailParser } from '../../../shared/mail/parse-apart.ts';
import type { Listening } from '../../../server/adapters/mail/smtp-listening.ts';
import type { Mailbox } from '../../../shared/domain/mailbox/model.ts';
import { anOutgoingEmail } from '../../helpers/builders.ts';
import { sendLetter } from '../../helpers/send-letter.ts';
import { openTestCentre, until, type TestCentre } from '../test-centre.ts';
import { memoryJournal, type MemoryJournal } from './memory-journal.ts';
import { readFileSync } from 'node:fs';
import path from 'node:path';

let centre: TestCentre;
let journal: MemoryJournal;
let parser: EmailParser;
let intake: MailIntake | null = null;
let listener: Listening;
/** Mailboxes that people have set up. */
const known: readonly Pick<Mailbox, 'id' | 'address' | 'purpose'>[] = [];

function startIntake(): void {
  intake = startMailIntake(centre.tools, journal, parser);
}

beforeEach(async () => {
  centre = await openTestCentre({ fileLimit: 3 * 1024 * 1024 });
  journal = memoryJournal();
  parser = createEmailParser();
  listener = await startMailListener(centre.tools, journal, () => known, () => intake?.wake());
});

afterEach(async () => {
  await listener.close();
  await intake?.stop();
  intake = null;
  await parser.stop();
  await centre.close();
});

const letter = { from: 'Соколова Марина <m.sokolova@pochta-mo.ru>', to: 'client@moesk.ru', subject: 'Сроки по договору ТП', text: 'Прошу сообщить срок.', messageId: '<one@pochta-mo.ru>', date: new Date('2026-11-24T06:14:00Z') } as const;
const received = () => centre.store.all('incomingEmail');
const settled = (): Promise<void> => until(() => journal.entries.length > 0 && journal.entries.every(({ incomingEmailId: id }) => id !== null));

test('a letter becomes a document, an event and a task; the .eml, HTML and attachments are in the file store (1.4.1)', async () => {
  startIntake();
  const answer = await sendLetter({ port: listener.port, ...letter, html: '<p>Прошу сообщить срок.</p>', attachments: [{ filename: 'Договор № 5.pdf', content: Buffer.from('%PDF-1.4') }] });
  expect(answer).toMatch(/^250 /);
  await settled();
  const [email] = received();
  expect(email).toMatchObject({
    mailbox: 'clients', from: { name: 'Соколова Марина', address: 'm.sokolova@pochta-mo.ru' }, returnPath: 'm.sokolova@pochta-mo.ru', subject: 'Сроки по договору ТП', text: 'Прошу сообщить срок.',
    messageId: 'one@pochta-mo.ru', sentAt: '2026-11-24T06:14:00.000Z', automation: 'person', state: 'new', problems: [],
  });
  expect(email?.attachments.map(({ name, mediaType, size }) => [name, mediaType, size])).toEqual([['Договор № 5.pdf', 'application/pdf', 8]]);
  expect((await centre.tools.files.get(email?.attachments[0]?.fileId ?? ''))?.toString()).toBe('%PDF-1.4');
  expect((await centre.tools.files.get(email?.htmlFileId ?? ''))?.toString()).toBe('<p>Прошу сообщить срок.</p>');
  expect((await centre.tools.files.get(email?.rawFileId ?? ''))?.toString()).toContain('Message-ID: <one@pochta-mo.ru>');
  expect(centre.store.all('task')).toHaveLength(1);
  expect(centre.store.all('contactEvent')).toHaveLength(1);
});

test('a letter to thousands of people, a letter with nothing in it and one whose header is broken are letters with their tasks', async () => {
  startIntake();
  const crowd = Array.from({ length: 5_000 }, (_, n) => `"Житель ${n}" <zhitel${n}@pochta-mo.ru>`);
  const raw = {
    crowd: ['From: Совет домов <sovet@pochta-mo.ru>', `To: client@moesk.ru,\r\n ${crowd.join(',\r\n ')}`, 'Subject: Всем', '', 'Прошу ответить.', ''],
    empty: ['From: <pusto@pochta-mo.ru>', 'Subject:', '', ''],
    broken: ['From Соколова без двоеточия', 'Subject: =?utf-8?B?@@@?=', 'Date: вчера', 'Content-Type: multipart/mixed', '', 'Текст без границы.', ''],
  };
  for (const [n, lines] of Object.values(raw).entries()) expect(await sendLetter({ port: listener.port, to: 'client@moesk.ru', from: `n${n}@pochta-mo.ru`, raw: Buffer.from(lines.join('\r\n')) })).toMatch(/^250 /);
  await until(() => received().length === 3);
  await settled();
  const all = received().find(({ subject }) => subject === 'Всем');
  expect(all?.to.slice(-1)).toEqual([{ name: 'Житель 498', address: 'zhitel498@pochta-mo.ru' }]); // five hundred are kept, the rest is told of
  expect(all?.problems.join()).toContain('5001');
  expect(all?.text.trim()).toBe('Прошу ответить.');
  expect(received().some(({ text }) => text.includes('Текст без границы.'))).toBe(true);
  expect(centre.store.all('task')).toHaveLength(3);
  expect(new Set(centre.store.all('contactEvent').map(({ number }) => number)).size).toBe(3);
});

test('F35: the same letter delivered again, with other trace headers and by another server, is one letter', async () => {
  startIntake();
  const lines = ['Message-ID: <one@pochta-mo.ru>', 'From: m.sokolova@pochta-mo.ru', 'To: client@moesk.ru', 'Subject: Сроки', 'Date: Tue, 24 Nov 2026 09:14:00 +0300', '', 'Прошу сообщить срок.', ''].join('\r\n');
  const once = { port: listener.port, from: letter.from, to: letter.to };
  await sendLetter({ ...once, raw: lines });
  await sendLetter({ ...once, raw: lines });
  await sendLetter({ ...once, raw: `Received: from mx2 by okno; Tue, 24 Nov 2026 09:20:00 +0300\r\n${lines}\r\n` });
  await sendLetter({ ...once, raw: lines.replace('сообщить', 'уточнить') });
  await until(() => journal.entries.length === 4);
  await settled();
  expect(received()).toHaveLength(2);
  expect(centre.store.all('task')).toHaveLength(2);
});

test('one letter to both mailboxes is a letter of each; an unknown recipient is refused in words', async () => {
  startIntake();
  await sendLetter({ port: listener.port, ...letter, to: ['client@moesk.ru', 'ZAPROS@moesk.ru'] });
  await until(() => journal.entries.length === 2);
  await settled();
  expect(received().map(({ mailbox }) => mailbox).toSorted()).toEqual(['clients', 'requests']);
  await expect(sendLetter({ port: listener.port, ...letter, to: 'director@moesk.ru' })).rejects.toMatchObject({ responseCode: 550, message: expect.stringContaining('There is no mailbox director@moesk.ru here') as string });
});

test('the centre dies between 250 and the parsing: the letter is received after the next start', async () => {
  expect(await sendLetter({ port: listener.port, ...letter })).toMatch(/^250 /);
  expect(received()).toHaveLength(0); // nothing runs that would take it in
  expect(journal.entries).toHaveLength(1);
  startIntake();
  await settled();
  expect(received()).toHaveLength(1);
});

test('the database is down while a letter is received: it is tried again and then whole', async () => {
  centre.broken.add('incomingEmail.receive');
  startIntake();
  await sendLetter({ port: listener.port, ...letter });
  await until(() => (journal.entries[0]?.attempts ?? 0) > 0);
  expect(centre.systems.get('mail')).toMatchObject({ works: false });
  centre.broken.clear();
  intake?.wake();
  await until(() => {
    intake?.wake();
    return received().length === 1;
  });
  expect(received()[0]?.subject).toBe('Сроки по договору ТП');
  expect(centre.systems.get('mail')).toMatchObject({ works: true });
});

test('half a letter is no letter: the connection breaks before the last dot', async () => {
  startIntake();
  await new Promise<void>((resolve, reject) => {
    const socket = createConnection(listener.port, '127.0.0.1');
    const say = ['EHLO x\r\n', 'MAIL FROM:<a@b.ru>\r\n', 'RCPT TO:<client@moesk.ru>\r\n', 'DATA\r\n', 'Subject: half\r\n\r\nhal'];
    socket.on('error', reject);
    socket.on('data', () => {
      const next = say.shift();
      if (next !== undefined) socket.write(next);
      if (say.length === 0) setTimeout(() => { socket.destroy(); resolve(); }, 50);
    });
  });
  await sendLetter({ port: listener.port, ...letter });
  await settled();
  expect(received().map(({ subject }) => subject)).toEqual(['Сроки по договору ТП']);
});

test('a letter over the limit gets 552 that says why; one whose attachment is as large as a file may be is taken', async () => {
  startIntake();
  const large = (megabytes: number) => sendLetter({ port: listener.port, ...letter, attachments: [{ filename: 'a.bin', content: Buffer.alloc(megabytes * 1024 * 1024, 7) }] });
  await expect(large(5)).rejects.toMatchObject({ responseCode: 552, message: expect.stringContaining('the limit is 5.2 MB') as string });
  expect(letterLimit(3 * 1024 * 1024)).toBeGreaterThan(3 * 1024 * 1024 * 1.37);
  await large(3);
  await settled();
  expect(received().map(({ attachments }) => attachments[0]?.size)).toEqual([3 * 1024 * 1024]);
});

/** Says the lines one after another and gives the server's answers. */
async function converse(...lines: readonly string[]): Promise<string> {
  const socket = createConnection(listener.port, '127.0.0.1');
  const say = [...lines, 'QUIT'];
  let answers = '';
  socket.on('data', (data: Buffer) => {
    answers += data.toString('utf8');
    // The last line of an answer has a blank after its number.
    if (/^\d{3} .*\r\n$/m.test(data.toString('utf8'))) socket.write(`${say.shift() ?? ''}\r\n`);
  });
  await once(socket, 'close');
  return answers;
}

test('the limit is told before a letter is sent, and 100 MB are refused in words before they travel', async () => {
  const answers = await converse('EHLO there', 'MAIL FROM:<a@b.ru> SIZE=104857600');
  expect(answers).toMatch(new RegExp(`^250[- ]SIZE ${letterLimit(3 * 1024 * 1024)}\\r$`, 'm'));
  expect(answers).toContain(`message exceeds fixed maximum message size ${letterLimit(3 * 1024 * 1024)}\r\n`);
  expect(answers).toMatch(/^552 /m);
});

test('no bytes at all are a letter; two of them, from different people, are two', async () => {
  startIntake();
  for (const from of ['a@b.ru', 'c@d.ru']) await sendLetter({ port: listener.port, from, to: letter.to, raw: '\r\n' }); // the SMTP library takes nothing for no letter
  await until(() => journal.entries.length === 2);
  await settled();
  expect(received().map(({ returnPath, problems }) => [returnPath ?? '', problems[0] ?? '']).toSorted(([one = ''], [other = '']) => one.localeCompare(other))).toEqual([['a@b.ru', 'Письмо пустое: в нём нет ни заголовка, ни текста.'], ['c@d.ru', 'Письмо пустое: в нём нет ни заголовка, ни текста.']]);
  expect(centre.store.all('task')).toHaveLength(2);
});

test('a bounce marks the letter it tells of', async () => {
  centre.store.put('outgoingEmail', anOutgoingEmail({ id: 'out-1', state: 'sent', messageId: 'out-1@moesk.ru' }));
  startIntake();
  await sendLetter({ port: listener.port, from: 'MAILER-DAEMON@mx.pochta-mo.ru', returnPath: '', to: 'client@moesk.ru', raw: readFileSync(path.join(import.meta.dirname, '../../fixtures/mail/bounce-postfix.eml')) });
  await settled();
  expect(received()[0]).toMatchObject({ automation: 'bounce', returnPath: null, state: 'done' });
  expect(centre.store.the('outgoingEmail', 'out-1').state).toBe('undelivered');
  expect(centre.store.all('task').map(({ kind }) => kind)).toEqual(['undelivered']);
});

const patient = { timeMs: 60_000, idleMs: 60_000, memoryMb: 256 } as const;
const heavyLetter = Buffer.from(`From: a@b.ru\r\nSubject: =?utf-8?B?0KLRj9C20ZHQu9C+0LU=?=\r\nMessage-ID: <heavy@b.ru>\r\nContent-Type: text/html\r\n\r\n${'<b>x</b>'.repeat(300_000)}`);

test('a parser that hangs costs the letter its pretty view only: its header is told', async () => {
  const hasty = createEmailParser({ ...patient, timeMs: 1 });
  expect(await hasty.parse(heavyLetter, { returnPath: 'a@b.ru' })).toMatchObject({ subject: 'Тяжёлое', messageId: 'heavy@b.ru', from: { address: 'a@b.ru' }, text: '', automation: 'person', problems: ['Письмо не удалось разобрать за отведённое время: откройте исходное письмо.', 'Дата отправки не указана.'] });
  await hasty.stop();
});

test('a parser that runs out of memory dies alone, and the next letter finds another', async () => {
  const small = createEmailParser({ ...patient, memoryMb: 24 });
  expect(await small.parse(heavyLetter, { returnPath: 'a@b.ru' })).toMatchObject({ subject: 'Тяжёлое', problems: ['Письмо не удалось разобрать (не хватило памяти): откройте исходное письмо.', 'Дата отправки не указана.'] });
  expect((await small.parse(Buffer.from('Subject: next\r\n\r\ntext'), { returnPath: 'a@b.ru' })).subject).toBe('next');
  await small.stop();
});

test('bytes without header and body are told apart', () => {
  const keys = ['', '\r\n', 'no letter', 'another', 'Received: x\r\n\r\n'].map((text) => incomingEmailId('clients', Buffer.from(text)));
  expect(new Set(keys).size).toBe(keys.length);
});

test('a letter whose parser died is a letter with its task and its original', async () => {
  await parser.stop();
  parser = createEmailParser({ ...patient, timeMs: 1 });
  startIntake();
  await sendLetter({ port: listener.port, from: 'a@b.ru', to: letter.to, raw: heavyLetter });
  await settled();
  const [email] = received();
  expect(email).toMatchObject({ subject: 'Тяжёлое', state: 'new', htmlFileId: null });
  expect(email?.problems[0]).toMatch(/^Письмо не удалось разобрать/);
  expect((await centre.tools.files.get(email?.rawFileId ?? ''))?.includes(heavyLetter)).toBe(true);
  expect(centre.store.all('task')).toHaveLength(1);
});

test('a parser that nobody needs ends, and starts again when somebody does', async () => {
  const restless = createEmailParser({ ...patient, idleMs: 1 });
  expect((await restless.parse(Buffer.from('Subject: one\r\n\r\n'), { returnPath: null })).subject).toBe('one');
  await new Promise((resolve) => { setTimeout(resolve, 50); }); // it is the idle time that passes
  expect((await restless.parse(Buffer.from('Subject: two\r\n\r\n'), { returnPath: null })).subject).toBe('two');
  await restless.stop();
});

test('the key of a letter: line ends and trace headers do not matter, the mailbox and the text do', () => {
  const raw = 'From: a\r\nSubject: b\r\n c\r\nDate: d\r\nMessage-ID: <e>\r\n\r\nbody\r\n';
  const id = incomingEmailId('clients', Buffer.from(raw));
  expect(id).toMatch(/^em-[0-9a-f]{40}$/);
  expect(incomingEmailId('clients', Buffer.from(`Received: x\r\nReturn-Path: <y>\r\n${raw}\r\n`))).toBe(id);
  expect(incomingEmailId('requests', Buffer.from(raw))).not.toBe(id);
  expect(incomingEmailId('clients', Buffer.from(raw.replace('body', 'Body')))).not.toBe(id);
  expect(incomingEmailId('clients', Buffer.from(raw.replace('<e>', '<f>')))).not.toBe(id);
});
