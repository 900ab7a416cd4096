import { describe, expect, it } from 'vitest';
import { autoReplyAddress, fillPlaces, replySuppressed, type ReplyFacts } from '../../shared/domain/auto-reply/rules.ts';
import type { IncomingEmail } from '../../shared/domain/incoming-email/model.ts';
import { aMailSettings, anAutoReply, anIncomingEmail, anOutgoingEmail } from '../helpers/builders.ts';
import { start } from '../helpers/domain-world.ts';

const facts: ReplyFacts = { kind: 'number', settings: aMailSettings(), template: anAutoReply(), earlier: [], now: start };
const from = (address: string): Partial<IncomingEmail> => ({ from: { name: '', address }, returnPath: address });

describe('2.8.1.2 automatic replies (RFC 3834)', () => {
  it('2.8.1.2 a person’s letter gets one', () => expect(replySuppressed(anIncomingEmail(), facts)).toBeNull());

  it.each<[string, Partial<IncomingEmail>, string]>([
    ['automatic mail', { automation: 'automatic' }, 'Письмо отправлено автоматически'],
    ['an automatic answer', { automation: 'autoReply' }, 'Письмо отправлено автоматически'],
    ['a bounce', { automation: 'bounce' }, 'Письмо отправлено автоматически'],
    ['bulk mail', { automation: 'bulk' }, 'Письмо из рассылки'],
    ['the empty return path', { returnPath: null }, 'Обратный путь письма пуст'],
    ['an unreadable address', from('кто-то'), 'Адрес отправителя не удалось прочитать'],
    ['our own mailbox', from('CLIENT@moesk.ru'), 'Письмо с нашего собственного ящика'],
    ['our mailbox in From alone', { from: { name: '', address: 'zapros@moesk.ru' } }, 'Письмо с нашего собственного ящика'],
    ['noreply', from('no-reply@shop.ru'), 'Адрес, который никто не читает'],
    ['donotreply', from('do_not_reply@shop.ru'), 'Адрес, который никто не читает'],
    ['mailer-daemon', from('MAILER-DAEMON@shop.ru'), 'Адрес, который никто не читает'],
  ])('2.8.1.2 none to %s', (_, given, reason) => expect(replySuppressed(anIncomingEmail(given), facts)).toBe(reason));

  it('2.8.1.2 one of a kind per letter; another letter of the day gets its own', () => {
    const earlier = [anOutgoingEmail({ kind: 'autoReplyNumber', state: 'sent', incomingEmailId: 'em-1', createdAt: start })];
    expect(replySuppressed(anIncomingEmail(), { ...facts, earlier })).toBe('По этому письму такой автоответ уже был');
    expect(replySuppressed(anIncomingEmail({ id: 'em-2' }), { ...facts, earlier })).toBeNull();
    expect(replySuppressed(anIncomingEmail(), { ...facts, kind: 'appeal', earlier })).toBeNull();
  });

  it('2.8.1.2 notices of numbers are not limited by the day', () => {
    const earlier = Array.from({ length: 9 }, (_, n) => anOutgoingEmail({ id: `o${String(n)}`, kind: 'autoReplyNumber', state: 'sent', incomingEmailId: `e${String(n)}`, createdAt: start }));
    expect(replySuppressed(anIncomingEmail(), { ...facts, earlier })).toBeNull();
  });

  it('1.4.2 the reply to spam once per address; one called off does not count', () => {
    const spam = { kind: 'spam', earlier: [anOutgoingEmail({ kind: 'autoReplySpam', state: 'queued', incomingEmailId: 'em-0' })] } as const;
    expect(replySuppressed(anIncomingEmail(), { ...facts, ...spam })).toBe('На этот адрес такой автоответ уже отправляли');
    expect(replySuppressed(anIncomingEmail(), { ...facts, ...spam, earlier: spam.earlier.map((reply) => ({ ...reply, state: 'cancelled' as const })) })).toBeNull();
  });

  it('2.8.1.2 without a text there is none', () => expect(replySuppressed(anIncomingEmail(), { ...facts, template: null })).toBe('Не заполнен текст автоответа'));

  it.each([
    ['bounces@list.ru', 'bounces@list.ru'],
    ['', 'm.sokolova@pochta-mo.ru'],
    [null, null],
  ])('2.8.1.2 Return-Path %j: goes to %j', (returnPath, address) => expect(autoReplyAddress(anIncomingEmail({ returnPath }))).toBe(address));

  it('2.8.1.2 places of a template are filled, others stay', () => {
    expect(fillPlaces('№ {номер} «{тема}» {иное} {toString}', { номер: 'КП-26-00000001', тема: '{номер}' })).toBe('№ КП-26-00000001 «{номер}» {иное} {toString}');
  });
});
