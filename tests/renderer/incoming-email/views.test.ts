import { describe, expect, it } from 'vitest';
import { fileNameOf, isProgram, listedAttachments, previewKind } from '../../../renderer/screens/incoming-email/attachment-policy.ts';
import { tiedApplications } from '../../../renderer/screens/incoming-email/applications-tab.tsx';
import { linkQuestion } from '../../../renderer/screens/incoming-email/choose-client.ts';
import { shortAddress } from '../../../renderer/screens/incoming-email/client-card.ts';
import { conversationLetters } from '../../../renderer/screens/incoming-email/conversation-tab.tsx';
import { emailMarks, shortAddresses } from '../../../renderer/screens/incoming-email/email-marks.ts';
import { emailFieldText, emailPlaceTitle, shortSender } from '../../../renderer/screens/incoming-email/form-fields.ts';
import { subtopicsOf, topicName, withCategory, withSubtopic, type Classifier } from '../../../renderer/screens/incoming-email/use-classifier.ts';
import { anApplication, anAppealCategory, anAttachment, anIncomingEmail, anOutgoingEmail, aSubtopic, aTopic } from '../../helpers/builders.ts';

describe('attachments', () => {
  it('are looked at only by kinds that cannot act', () => {
    const kinds = [['a.png', 'image/png'], ['a.svg', 'image/svg+xml'], ['a.pdf', 'application/octet-stream'], ['a.html', 'text/html'], ['a.txt', 'text/plain'], ['a.exe', 'application/octet-stream'], ['a', 'message/rfc822'], ['a.eml', 'application/octet-stream'], ['a.eml', 'text/plain']].map(([name = '', mediaType = '']) => previewKind({ name, mediaType }));
    expect(kinds).toEqual(['picture', 'none', 'pdf', 'none', 'text', 'none', 'letter', 'letter', 'letter']);
  });

  it.each(['счёт.pdf.exe', 'a.JS ', 'Договор.docm', 'x.lnk', 'y.html', 'z.scr'])('%s is a program', (name) => {
    expect(isProgram({ name })).toBe(true);
  });

  it('get names that a folder takes', () => {
    expect(fileNameOf('../../etc/passwd', 'x')).toBe('.._.._etc_passwd');
    expect(fileNameOf('cod\u202efdp.exe', 'x')).toBe('cod_fdp.exe');
    expect(fileNameOf('  ', 'Письмо')).toBe('Письмо');
  });

  it('shown in the text come last', () => {
    expect(listedAttachments([anAttachment({ id: 'a', inline: true }), anAttachment({ id: 'b' })]).map(({ id }) => id)).toEqual(['b', 'a']);
  });
});

describe('marks of a letter', () => {
  it('tell what it continues, what was not read, which replies were held back', () => {
    const email = anIncomingEmail({ continuationOf: 'КП-26-00001796', problems: ['Кодировка не указана'], automation: 'bulk', awaitsAsud: true, suppressedReplies: [{ id: 's', kind: 'autoReplyNumber', reason: 'массовая рассылка', at: '' }] });
    expect(emailMarks(email).map(({ text }) => text)).toEqual(['Ждёт пересылки в АСУД', 'Похоже на продолжение КП-26-00001796', 'Массовая рассылка: автоответ не отправляется', 'Кодировка не указана', 'Автоответ: номер письма не отправлен: массовая рассылка']);
    expect(emailMarks(anIncomingEmail())).toEqual([]);
  });

  it('show a few of ten thousand addressees', () => {
    const many = Array.from({ length: 10_000 }, (_, index) => ({ name: '', address: `a${index}@b.ru` }));
    expect(shortAddresses(many)).toMatchObject({ more: 9997 });
    expect(shortAddresses(many.slice(0, 4))).toMatchObject({ more: 0 });
  });
});

describe('names', () => {
  it('of senders are short where they are names', () => {
    expect(shortSender('Соколова Марина Игоревна')).toBe('Соколова\u00a0М.\u00a0И.');
    expect(shortSender('ООО «Домострой-Яхрома»')).toBe('ООО «Домострой-Яхрома»');
    expect(emailPlaceTitle({ from: { name: '', address: 'a@b.ru' }, number: null })).toBe('Письмо a@b.ru');
  });

  it('of values in the history are what a person reads', () => {
    expect(emailFieldText('classification', 'text', {})).toBe('Письмо (текстовое)');
    expect(emailFieldText('clientId', 'c1', { c1: 'Соколова М. И.' })).toBe('Соколова М. И.');
    expect(emailFieldText('takenAt', '2026-11-24T06:14:00.000Z', {})).toBe('24.11.2026 09:14');
  });

  it('of places begin with what differs', () => {
    expect(shortAddress('141000, Московская обл., г. о. Мытищи, д. Беляниново')).toBe('г. о. Мытищи, д. Беляниново');
    expect(shortAddress('г. Пушкино')).toBe('г. Пушкино');
  });
});

describe('the group of categories', () => {
  const classifier: Classifier = { kinds: [], categories: [anAppealCategory()], subtopics: [aSubtopic(), aSubtopic({ id: 'other', categoryId: 'category-9', topicId: 'topic-9' })], topics: [aTopic()] };

  it('offers subtopics of the category, drops one of another, brings the category of one', () => {
    expect(subtopicsOf(classifier, 'category-2').map(({ id }) => id)).toEqual(['subtopic-108']);
    expect(withCategory(classifier, 'category-2', 'other')).toEqual({ categoryId: 'category-2', subtopicId: null });
    expect(withSubtopic(classifier, 'other', null)).toEqual({ subtopicId: 'other', categoryId: 'category-9' });
    expect(topicName(classifier, 'subtopic-108')).toBe('Технологическое присоединение');
  });
});

it('the question about the address says what «Да» does', () => {
  const { answers } = linkQuestion('a@b.ru', 'Соколова', 4);
  expect(answers.map(({ id, does }) => `${id}: ${does}`)).toEqual(['all: это письмо, 4 прежних и все следующие', 'this: только это письмо']);
});

it('a conversation has both directions, newest first', () => {
  const letters = conversationLetters([anIncomingEmail({ receivedAt: '2026-11-24T06:00:00.000Z' })], [anOutgoingEmail({ createdAt: '2026-11-24T05:00:00.000Z', sentAt: '2026-11-24T07:00:00.000Z', state: 'sent' })]);
  expect(letters.map(({ type, state }) => `${type} ${state}`)).toEqual(['outgoingEmail Отправлено', 'incomingEmail Новое']);
});

it('applications named in the letter come first, each once', () => {
  const named = anApplication({ receivedAt: '2020-01-01T00:00:00.000Z' });
  const other = anApplication({ id: 'application-2', number: 'И-25-00-300111/102' });
  expect(tiedApplications([other, named, other], ['И-26-00-418233/102'], [other]).map(({ application, named: isNamed }) => [application.id, isNamed])).toEqual([['application-1', true], ['application-2', false]]);
});
