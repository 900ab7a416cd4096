import { describe, expect, it } from 'vitest';
import { forwardDraft, replyAllDraft, replyDraft, suggestedAddressees } from '../../../shared/domain/outgoing-email/draft-rules.ts';
import { cutTextProblem } from '../../../shared/domain/incoming-email/model.ts';
import { aMailSettings, anAttachment, anIncomingEmail, anOutgoingEmail } from '../../helpers/builders.ts';

const address = (value: string) => ({ name: '', address: value });

describe('2.7, 2.8 «Переслать»', () => {
  it('2.7.1.4 Подписант and Время совещания follow the subject', () => {
    const email = anIncomingEmail({ fromWhom: 'notConsumer', classification: 'faxogram', signatory: 'Иванов И. И.', meetingTime: '25.11 10:00', subject: 'Факсограмма' });
    expect(forwardDraft(email, null).subject).toBe('Fwd: Факсограмма Иванов И. И. 25.11 10:00');
    expect(forwardDraft({ ...email, classification: 'protocol' }, null).subject).toBe('Fwd: Факсограмма');
    expect(forwardDraft({ ...email, subject: 'FW: Факсограмма' }, null).subject).toBe('FW: Факсограмма Иванов И. И. 25.11 10:00');
  });

  it('2.7.1.4 carries the original header, the text and every attachment', () => {
    const attachments = [anAttachment(), anAttachment({ id: 'at2', inline: true, contentId: 'logo' })];
    const email = anIncomingEmail({ from: { name: 'Соколова Марина', address: 'm@x.ru' }, to: [address('client@moesk.ru')], cc: [address('b@x.ru')], subject: 'Тема', text: 'Текст', attachments, sentAt: '2026-11-24T06:10:00.000Z' });
    const draft = forwardDraft(email, null);
    expect(draft.text).toBe('-------- Пересылаемое письмо --------\nОт: Соколова Марина <m@x.ru>\nКому: client@moesk.ru\nКопия: b@x.ru\nДата: 24.11.2026 09:10\nТема: Тема\n\nТекст');
    expect(draft).toMatchObject({ kind: 'forward', incomingEmailId: 'em-1', to: [], attachments });
  });

  it('2.7.1.4 a text that was cut says so, and the letter goes along whole', () => {
    const email = anIncomingEmail({ text: 'Начало', problems: [cutTextProblem], rawFileId: 'f'.repeat(64), rawSize: 412_345, attachments: [anAttachment()] });
    const source = { fileId: email.rawFileId, size: 412_345, name: 'Исходное письмо.eml', mediaType: 'message/rfc822', inline: false };
    expect(forwardDraft(email, null).text).toMatch(/Начало\n\n\[Текст письма приведён не полностью: первые 200\s000 знаков\. Письмо целиком – в файле «Исходное письмо\.eml»\.\]$/);
    expect(forwardDraft(email, null).attachments).toMatchObject([{ id: 'at1' }, source]);
    expect(replyDraft(email).text).toMatch(/> Начало\n> \n> \[Текст письма приведён не полностью/);
    expect(replyDraft(email).attachments).toMatchObject([source]);
    expect(forwardDraft({ ...email, problems: [] }, null)).toMatchObject({ attachments: [{ id: 'at1' }], text: expect.stringMatching(/Начало$/) });
  });

  it('2.8.2.8 begins with the appeal’s number, or its place until АС ФЭУ answers', () => {
    expect(forwardDraft(anIncomingEmail(), { number: 'ОБ-1' }).text).toMatch(/^Регистрационный номер обращения: ОБ-1\n\n---/);
    expect(forwardDraft(anIncomingEmail(), { number: null }).text).toMatch(/^Регистрационный номер обращения: \{номер обращения\}\n\n---/);
  });
});

describe('1.5.1 «Ответить», «Ответить всем»', () => {
  const email = anIncomingEmail({ from: address('a@x.ru'), to: [address('client@moesk.ru'), address('B@x.ru')], cc: [address('b@x.ru'), address('a@x.ru'), address('c@x.ru')], subject: 'Тема', text: 'Раз\nДва' });

  it('1.5.1 answers the sender, the letter quoted', () => {
    expect(replyDraft(email)).toMatchObject({ kind: 'reply', to: [{ address: 'a@x.ru' }], cc: [], subject: 'Re: Тема', attachments: [] });
    expect(replyDraft(email).text).toContain('a@x.ru пишет:\n> Раз\n> Два');
    expect(replyDraft({ ...email, replyTo: [address('r@x.ru')], subject: 'RE: Тема' })).toMatchObject({ to: [{ address: 'r@x.ru' }], subject: 'RE: Тема' });
  });

  it('1.5.1 to all: each once, without ourselves', () => expect(replyAllDraft(email, aMailSettings()).cc.map((each) => each.address)).toEqual(['B@x.ru', 'c@x.ru']));
});

it('2.7.1.5 addressees used before are suggested, the most used first', () => {
  const sent = (createdAt: string, ...to: string[]) => anOutgoingEmail({ createdAt, to: to.map(address) });
  expect(suggestedAddressees([sent('2026-01-01', 'a@x.ru', 'b@x.ru'), sent('2026-01-02', 'B@x.ru'), sent('2026-01-03', 'c@x.ru')]).map((each) => each.address)).toEqual(['b@x.ru', 'c@x.ru', 'a@x.ru']);
});
