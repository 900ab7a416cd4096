import { describe, expect, it } from 'vitest';
import { invitationRows, invitationTitle, meetingTime, signatureFacts } from '../../../renderer/screens/incoming-email/letter-facts.ts';
import type { Invitation, LetterSignature } from '../../../shared/domain/incoming-email/model.ts';

const signature: LetterSignature = { name: 'Соколова Марина', address: 'm.sokolova@pochta-mo.ru', issuer: 'УЦ «Проверка»', validFrom: '2026-01-01T00:00:00.000Z', validTo: '2027-01-01T00:00:00.000Z', signedAt: '2026-11-24T06:10:00.000Z', state: 'intact', reason: '' };
const meeting: Invitation = { kind: 'request', summary: 'Осмотр', location: '', organiser: null, attendees: [], start: '2026-11-28T10:00', end: '2026-11-28T11:30', offset: 180, endOffset: 180, zone: 'Europe/Moscow', repeats: '', answer: null, description: '' };

describe('a signature', () => {
  it('tells who signed, that the letter is unchanged, and what is not known', () => {
    expect(signatureFacts(signature, 'M.Sokolova@pochta-mo.ru', '2026-11-24T06:14:00.000Z')).toEqual({
      signer: 'Соколова Марина, m.sokolova@pochta-mo.ru', verdict: { tone: 'green', text: 'После подписи письмо не изменено' }, issuer: 'Издатель: УЦ «Проверка», до 01.01.2027, доверие к нему не проверяется', doubts: [],
    });
  });

  it('warns of another address and of a certificate out of its time', () => {
    expect(signatureFacts({ ...signature, signedAt: null }, 'other@b.ru', '2028-11-24T06:14:00.000Z').doubts).toEqual(['В день подписи сертификат не действовал', 'Адрес в подписи другой, чем у отправителя']);
    expect(signatureFacts({ ...signature, state: 'altered', reason: 'Изменено' }, '', '').verdict).toEqual({ tone: 'red', text: 'Изменено' });
    expect(signatureFacts({ ...signature, name: '', address: '', issuer: '', validTo: null, state: 'unchecked', reason: 'ГОСТ' }, '', '')).toMatchObject({ signer: 'имя не указано', verdict: { tone: 'amber' }, issuer: 'доверие к нему не проверяется' });
  });
});

describe('a meeting', () => {
  it('is told in Moscow time, with the time of its place where that differs', () => {
    expect(meetingTime(meeting)).toBe('28.11.2026, суббота, 10:00–11:30 по Москве');
    expect(meetingTime({ ...meeting, offset: 300, endOffset: 300, zone: 'Екатеринбург' })).toBe('28.11.2026, суббота, 08:00–09:30 по Москве; там 28.11.2026, 10:00–11:30 (UTC+5)');
    expect(meetingTime({ ...meeting, start: '2026-11-28T22:00', end: '2026-11-28T23:00', offset: -210, endOffset: -210, zone: 'Ньюфаундленд' })).toBe('29.11.2026, воскресенье, 04:30–05:30 по Москве; там 28.11.2026, 22:00–23:00 (UTC−3:30)');
    expect(meetingTime({ ...meeting, offset: 0, endOffset: 0, zone: 'UTC' })).toBe('28.11.2026, суббота, 13:00–14:30 по Москве');
  });

  it('without a zone, whole days, over midnight, without a time at all', () => {
    expect(meetingTime({ ...meeting, offset: null, zone: '' })).toBe('28.11.2026, суббота, 10:00–11:30 (часовой пояс не указан)');
    expect(meetingTime({ ...meeting, offset: null, zone: 'Здесь' })).toContain('(часовой пояс «Здесь»)');
    expect(meetingTime({ ...meeting, start: '2026-11-28', end: '2026-11-30' })).toBe('28.11.2026, суббота – 30.11.2026, весь день');
    expect(meetingTime({ ...meeting, start: '2026-11-28', end: '2026-11-28' })).toBe('28.11.2026, суббота, весь день');
    expect(meetingTime({ ...meeting, end: '2026-11-29T01:00' })).toBe('28.11.2026, суббота, 10:00 – 29.11.2026, 01:00 по Москве');
    expect(meetingTime({ ...meeting, start: null, end: null })).toBe('не указано');
  });

  it('tells what, when, where and who', () => {
    const person = { name: 'Белова Ирина', address: 'belova@adm.example.ru' };
    expect(invitationRows({ ...meeting, repeats: 'каждый день', organiser: person, attendees: [person] }).map(([name]) => name)).toEqual(['Что', 'Когда', 'Повторяется', 'Где', 'Организатор', 'Участники']);
    expect(invitationRows(meeting)).toContainEqual(['Где', 'не указано']);
    expect(invitationTitle({ ...meeting, kind: 'reply', answer: 'declined' })).toBe('Ответ на приглашение: отклонено');
  });
});
