import PostalMime from 'postal-mime';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildMessage } from '../../../server/adapters/mail/build-message.ts';
import { startOutgoingStore } from '../../../server/adapters/mail/outgoing-store.ts';
import type { RecipientResult, RecipientResults } from '../../../server/adapters/mail/recipient-results.ts';
import { RelayRest } from '../../../server/adapters/mail/relay-rest.ts';
import { mailSystem, sendEmailHandler } from '../../../server/adapters/mail/send-email-effect.ts';
import { parseRelayUrl, type Relay } from '../../../server/adapters/mail/submit.ts';
import type { OutgoingEmail } from '../../../shared/domain/outgoing-email/model.ts';
import { anAttachment, anIncomingEmail, anOutgoingEmail } from '../../helpers/builders.ts';
import { startFakeRelay, type FakeRelay, type RelayBehaviour } from '../../helpers/fake-relay.ts';
import { carryOut, openTestCentre, type TestCentre } from '../test-centre.ts';

let centre: TestCentre;
let relay: FakeRelay;

beforeEach(async () => {
  centre = await openTestCentre();
  relay = await startFakeRelay();
  known = new Map();
});
afterEach(async () => {
  await relay.stop();
  await centre.close();
});

const relayAt = (url: string): Relay => parseRelayUrl(url, 1000);
let known: Map<string, readonly RecipientResult[]>;
const recipients: RecipientResults = {
  read: async (id) => known.get(id) ?? [],
  add: async (id, results) => void known.set(id, [...(known.get(id) ?? []), ...results]),
  forget: async (id, keepTaken) => void known.set(id, (known.get(id) ?? []).filter(({ taken }) => taken && keepTaken)),
};
const sendingTo = (url: string, isEmbedded = false) =>
  sendEmailHandler({ outletFor: async () => ({ ...mailSystem, relay: relayAt(url), isEmbedded, perMinute: 0, perDay: 0 }), recipients, limits: { take: async () => 0 }, rest: new RelayRest(5) });
const handler = () => sendingTo(relay.url);
const payload = { outgoingEmailId: 'out-1' };
const stored = (): OutgoingEmail => centre.store.the('outgoingEmail', 'out-1');

function queue(given: Partial<OutgoingEmail> = {}): void {
  centre.store.put('outgoingEmail', anOutgoingEmail({ state: 'queued', queuedAt: '2026-11-24T06:20:00.000Z', eventId: null, ...given }));
}

async function attempt(behaviour: RelayBehaviour, attempts = 1) {
  relay.behave(behaviour);
  return carryOut(handler(), centre.tools, payload, attempts);
}

describe('what became of a letter', () => {
  test('accepted: sent, the answer and the .eml kept', async () => {
    queue();
    expect(await attempt('accept')).toEqual({ result: 'done', detail: '250 2.0.0 Ok: queued as TEST' });
    expect(stored()).toMatchObject({ state: 'sent', serverAnswer: '250 2.0.0 Ok: queued as TEST', attempts: 1 });
    expect((await centre.tools.files.get(stored().rawFileId ?? ''))?.toString()).toContain('Message-ID: <out-1@moesk.ru>');
    expect(relay.letters).toHaveLength(1);
    expect(centre.systems.get('mail')).toEqual({ works: true, detail: '' });
  });

  test('4xx: later, and then the same letter byte for byte', async () => {
    queue({ attachments: [] });
    expect(await attempt('later')).toMatchObject({ result: 'retry', detail: '451 4.7.1 Greylisted, try again later' });
    expect(stored()).toMatchObject({ state: 'queued', serverAnswer: '451 4.7.1 Greylisted, try again later' });
    expect(await attempt('laterAfterDot', 2)).toMatchObject({ result: 'retry' });
    expect(await attempt('accept', 3)).toMatchObject({ result: 'done' });
    expect(relay.letters).toHaveLength(2);
    expect(relay.letters[0]?.raw).toBe(relay.letters[1]?.raw);
  });

  for (const [behaviour, answer] of [['refuse', '550 5.1.1 No such user here'], ['refuseAfterDot', '554 5.6.0 Content refused']] as const) {
    test(`5xx (${behaviour}): failed with the server’s answer`, async () => {
      queue();
      expect(await attempt(behaviour)).toEqual({ result: 'failed', detail: answer });
      expect(stored()).toMatchObject({ state: 'failed', serverAnswer: answer });
    });
  }

  test('refused for one of two: it is not sent again, and a person is told whom it did not reach', async () => {
    queue({ to: [{ name: '', address: 'first@branch.ru' }, { name: '', address: 'second@branch.ru' }] });
    expect(await attempt('refuseSecond')).toMatchObject({ result: 'done' });
    expect(relay.letters).toMatchObject([{ to: ['first@branch.ru'] }]);
    expect(stored()).toMatchObject({ state: 'undelivered', serverAnswer: 'Сервер не принял адреса: second@branch.ru' });
    expect(centre.store.all('task')).toMatchObject([{ kind: 'undelivered', documentId: 'out-1' }]);
  });

  for (const behaviour of ['dropAfterDot', 'silentAfterDot'] as const) {
    test(`no answer after the last dot (${behaviour}): unknown, a person decides`, async () => {
      queue();
      const outcome = await attempt(behaviour);
      expect(outcome.result).toBe('unknown');
      expect(outcome.detail).toContain('ответа сервера нет');
      expect(stored().state).toBe('unknown');
      expect(relay.letters).toHaveLength(1);
    });
  }

  test('broken before the letter: later', async () => {
    queue();
    expect((await attempt('dropBeforeData')).result).toBe('retry');
    expect(stored().state).toBe('queued');
    expect(centre.systems.get('mail')).toMatchObject({ works: false });
  });

  test('broken in the middle of a long letter: later, for its end never left', async () => {
    const { sha } = await centre.tools.files.put(Buffer.alloc(8 * 1024 * 1024, 3));
    queue({ attachments: [anAttachment({ fileId: sha, name: 'a.bin', mediaType: 'application/octet-stream' })] });
    expect((await attempt('dropInData')).result).toBe('retry');
  });

  test('no relay at all: later, and the status line says so', async () => {
    queue();
    const { url } = relay;
    await relay.stop();
    const outcome = await carryOut(sendingTo(url), centre.tools, payload);
    expect(outcome.result).toBe('retry');
    expect(outcome.detail).toContain('Нет связи с сервером исходящей почты');
    relay = await startFakeRelay();
  });

  test('a file that is not there: failed, named', async () => {
    queue({ attachments: [anAttachment({ name: 'Договор.pdf' })] });
    expect(await attempt('accept')).toEqual({ result: 'failed', detail: 'Вложение «Договор.pdf» не найдено в хранилище файлов' });
  });

  test('the centre died on the way: a foreign relay cannot be asked, a person decides', async () => {
    queue();
    expect((await carryOut(handler(), centre.tools, payload, 2, 'recover')).result).toBe('unknown');
    expect(relay.letters).toHaveLength(0);
  });

  test('what is sent is not sent again', async () => {
    queue({ state: 'sent', sentAt: '2026-11-24T06:21:00.000Z' });
    expect((await attempt('accept')).result).toBe('done');
    expect(relay.letters).toHaveLength(0);
  });
});

describe('the embedded outgoing store', () => {
  test('shows what left, over real SMTP, and answers for it after a crash', async () => {
    const outgoing = await startOutgoingStore(centre.tools);
    const embedded = sendingTo(`smtp://127.0.0.1:${outgoing.port}`, true);
    queue({ kind: 'reply', subject: 'Ответ на обращение', cc: [{ name: '', address: 'second@x.ru' }] });
    expect((await carryOut(embedded, centre.tools, payload, 1, 'recover')).result).toBe('done'); // it had not arrived: it is sent
    expect(centre.sentMail).toMatchObject([{ id: 'out-1@moesk.ru', from: 'client@moesk.ru', to: ['m.sokolova@pochta-mo.ru', 'second@x.ru'], subject: 'Ответ на обращение' }]);
    queue();
    expect((await carryOut(embedded, centre.tools, payload, 2, 'recover')).result).toBe('done'); // it had: it is not
    expect(centre.sentMail).toHaveLength(1);
    queue();
    await carryOut(embedded, centre.tools, payload, 3);
    expect(centre.sentMail.map(({ id }) => id)).toEqual(['out-1@moesk.ru', 'out-1@moesk.ru (2)']); // a double would be seen
    await outgoing.close();
  });
});

describe('the letter itself', () => {
  test('«Переслать» carries every attachment, inline ones too (asks 16)', async () => {
    const { sha } = await centre.tools.files.put(Buffer.from('picture'));
    const { sha: inner } = await centre.tools.files.put(Buffer.from('Subject: inner\r\n\r\ntext'));
    queue({
      kind: 'forward', subject: 'Fwd: Сроки по договору ТП Иванов И. И. 15:30', text: 'Текст\n.точка в начале\n', inReplyTo: 'one@pochta-mo.ru', references: ['zero@pochta-mo.ru', 'one@pochta-mo.ru'], to: [{ name: 'Отдел ТП', address: 'tp@moesk.ru' }],
      attachments: [anAttachment({ id: 'a1', fileId: sha, name: 'фото дома и участка с подъездом.png', mediaType: 'image/png', contentId: 'pic', inline: true }), anAttachment({ id: 'a2', fileId: inner, name: 'Письмо 2.eml', mediaType: 'message/rfc822' })],
    });
    await attempt('accept');
    const parsed = await PostalMime.parse(Buffer.from(relay.letters[0]?.raw ?? '', 'latin1'), { forceRfc822Attachments: true });
    expect(parsed).toMatchObject({ subject: 'Fwd: Сроки по договору ТП Иванов И. И. 15:30', messageId: '<out-1@moesk.ru>', inReplyTo: '<one@pochta-mo.ru>', references: '<zero@pochta-mo.ru> <one@pochta-mo.ru>', to: [{ name: 'Отдел ТП', address: 'tp@moesk.ru' }] });
    expect(parsed.text?.trim()).toBe('Текст\n.точка в начале');
    expect(parsed.attachments.map(({ filename, disposition, content }) => [filename, disposition, Buffer.from(content as ArrayBuffer).toString()])).toEqual([
      ['фото дома и участка с подъездом.png', 'attachment', 'picture'],
      ['Письмо 2.eml', 'attachment', 'Subject: inner\r\n\r\ntext'],
    ]);
  });

  test('an automatic reply keeps to RFC 3834: no way back, marked', async () => {
    queue({ kind: 'autoReplyNumber', inReplyTo: 'one@pochta-mo.ru', references: ['one@pochta-mo.ru'], incomingEmailId: 'em-1' });
    centre.store.put('incomingEmail', anIncomingEmail({ mailbox: 'requests' }));
    await attempt('accept');
    expect(relay.letters[0]).toMatchObject({ from: '', to: ['m.sokolova@pochta-mo.ru'] });
    const header = relay.letters[0]?.raw.split('\r\n\r\n')[0] ?? '';
    expect(header).toMatch(/^Auto-Submitted: auto-replied$/m);
    expect(header).toMatch(/^Precedence: bulk$/m);
    expect(header).toMatch(/^In-Reply-To: <one@pochta-mo.ru>$/m);
    expect(header).toMatch(/^From: zapros@moesk.ru$/m); // the mailbox that was written to
  });

  test('a letter of a person is not marked, and its envelope has the way back', async () => {
    queue({ kind: 'reply' });
    await attempt('accept');
    expect(relay.letters[0]?.from).toBe('client@moesk.ru');
    expect(relay.letters[0]?.raw).not.toMatch(/Auto-Submitted|Precedence/);
  });

  test('is the same bytes each time it is built', async () => {
    const email = anOutgoingEmail({ queuedAt: '2026-11-24T06:20:00.000Z', attachments: [anAttachment({ fileId: (await centre.tools.files.put(Buffer.from('x'))).sha })] });
    const build = async (): Promise<string> => Buffer.concat(await (await buildMessage(email, 'client@moesk.ru', centre.tools.files)).toArray()).toString();
    expect(await build()).toBe(await build());
  });
});

test('a relay address that cannot be understood is explained', () => {
  expect(parseRelayUrl('smtps://user:p%40ss@mail.example.ru', 5)).toEqual({ host: 'mail.example.ru', port: 465, secure: true, startTls: 'offered', authority: '', user: 'user', password: 'p@ss', accessToken: null, timeoutMs: 5 });
  expect(() => parseRelayUrl('mail.example.ru', 5)).toThrow('Адрес сервера исходящей почты (relayUrl) задан неверно');
});
