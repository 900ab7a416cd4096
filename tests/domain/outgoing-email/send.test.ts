import { describe, expect, it } from 'vitest';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { recipientProblem } from '../../../shared/domain/outgoing-email/rules.ts';
import { aClient } from '../../helpers/builders.ts';
import { kotov, operator, World } from '../../helpers/domain-world.ts';

const to = [{ name: 'РЭС', address: 'res@branch.ru' }];
const form = (given: object = {}) => ({ id: 'out-1', kind: 'forward', incomingEmailId: 'em-1', to, cc: [], subject: 'Fwd: Сроки', text: 'Текст', attachments: [], ...given });
const categories = { kindId: 'kind-101', categoryId: 'category-2', subtopicId: 'subtopic-108' };

function taken(fields: Partial<IncomingEmail> = {}): World {
  const world = new World();
  world.put('client', aClient());
  world.receive();
  world.do('incomingEmail.take', { id: 'em-1' });
  world.fill(fields);
  return world;
}

describe('2.7, 2.8 «Переслать» by class', () => {
  it.each<[string, Partial<IncomingEmail>]>([
    ['2.7.1', { fromWhom: 'notConsumer', classification: 'faxogram', signatory: 'Иванов', meetingTime: '10:00' }],
    ['2.7.2', { fromWhom: 'notConsumer', classification: 'protocol' }],
    ['2.7.3', { fromWhom: 'notConsumer', classification: 'faxogramProtocol', signatory: 'Иванов', meetingTime: '10:00' }],
    ['2.7.4', { fromWhom: 'notConsumer', classification: 'official', ...categories }],
    ['2.7.5', { fromWhom: 'notConsumer', classification: 'reconciliation' }],
    ['2.8.3', { fromWhom: 'consumer', classification: 'reconciliation' }],
    ['2.8.4', { fromWhom: 'consumer', classification: 'subscriptionCheck' }],
  ])('%s the letter is sent and the task ends with its result on the event', (_, fields) => {
    const world = taken(fields);
    const { effects } = world.do('outgoingEmail.send', form());
    const sent = world.store.the('outgoingEmail', 'out-1');
    expect(sent).toMatchObject({ state: 'queued', kind: 'forward', to, messageId: 'out-1@moesk.ru', conversationId: 'em-1', classification: fields.classification, authorId: 'user-belova' });
    expect(effects).toEqual([{ id: sent.effectId, kind: 'sendEmail', payload: { outgoingEmailId: 'out-1' } }]);
    expect(world.email().state).toBe('done');
    expect(world.tasks()).toMatchObject([{ state: 'done' }]);
    expect(world.event()).toMatchObject({ outcome: 'forwarded', outcomeDetails: 'РЭС <res@branch.ru>', finishedBy: 'user-belova' });
    expect(world.store.the('contactEvent', sent.eventId ?? '')).toMatchObject({ channel: 'outgoingEmail', documentId: 'out-1', outcome: null, number: 'СБ-26-00000002' });
  });

  it('1.5.1 a letter leaves although its event has no number yet', () => {
    const world = taken({ fromWhom: 'notConsumer', classification: 'protocol' });
    world.store.numbersLeft = 0;
    world.do('outgoingEmail.send', form());
    expect(world.store.the('contactEvent', world.store.the('outgoingEmail', 'out-1').eventId ?? '').number).toBeNull();
  });

  it('2.7.2 the largest letter that can arrive can be forwarded: its whole subject, all its parts and itself', () => {
    const attachment = (n: number) => ({ id: `part-${n}`, fileId: `file-${n}`, name: `${n}.txt`, size: 1, mediaType: 'text/plain', contentId: null, inline: false });
    const world = taken({ fromWhom: 'notConsumer', classification: 'protocol' });
    world.do('outgoingEmail.send', form({ subject: `Fwd: ${'т'.repeat(2000)} Иванов 10:00`, attachments: Array.from({ length: 1001 }, (_, n) => attachment(n)) }));
    expect(world.email().state).toBe('done');
  });

  it.each<[string, Partial<IncomingEmail>, string[]]>([
    ['2.7.1', { fromWhom: 'notConsumer', classification: 'faxogram' }, ['Подписант', 'Время совещания']],
    ['2.7.3', { fromWhom: 'notConsumer', classification: 'faxogramProtocol', signatory: 'Иванов' }, ['Время совещания']],
    ['2.7.4', { fromWhom: 'notConsumer', classification: 'official', kindId: 'kind-101' }, ['Категория', 'Подтема']],
    ['2.8.3', { fromWhom: 'consumer', classification: 'reconciliation', clientId: null }, ['Контакт']],
    ['2.8.4', { fromWhom: 'consumer', classification: 'subscriptionCheck', clientId: null }, ['Контакт']],
    ['2.6.1', {}, ['От кого', 'Классификация']],
  ])('%s is refused until the required fields are filled', (_, fields, missing) => {
    const world = taken(fields);
    if (fields.clientId === null) world.fill({ clientId: null });
    const before = world.store.snapshot();
    expect(world.run('outgoingEmail.send', form())).toMatchObject({ refusal: { code: 'required', details: { fields: missing } } });
    expect(world.store.snapshot()).toEqual(before);
  });

  it('2.8.1 a text letter is not forwarded', () => expect(taken({ fromWhom: 'consumer', classification: 'text', ...categories }).outcome('outgoingEmail.send', form())).toBe('notForClass'));

  it('2.8.2 an official letter of a consumer is forwarded after its appeal', () => {
    expect(taken({ fromWhom: 'consumer', classification: 'official', ...categories }).outcome('outgoingEmail.send', form())).toBe('appealNotReady');
  });

  it('2.7.2.5 ended it cannot be forwarded again', () => {
    const world = taken({ fromWhom: 'notConsumer', classification: 'protocol' });
    world.do('outgoingEmail.send', form());
    expect(world.outcome('outgoingEmail.send', form())).toBe('alreadySent');
    expect(world.outcome('outgoingEmail.send', form({ id: 'out-2' }))).toBe('wrongState');
  });
});

describe('1.5.1 «Отправить»', () => {
  it('1.5.1 a letter of ours: event, queue, the client of its address', () => {
    const world = new World();
    world.put('client', aClient());
    world.do('outgoingEmail.send', form({ kind: 'new', incomingEmailId: null, to: [{ name: '', address: 'M.Sokolova@pochta-mo.ru' }], subject: 'Две\r\nстроки' }), operator);
    const sent = world.store.the('outgoingEmail', 'out-1');
    expect(sent).toMatchObject({ state: 'queued', clientId: 'client-1', conversationId: 'out-1', subject: 'Две строки', incomingEmailId: null });
    expect(world.store.the('contactEvent', sent.eventId ?? '')).toMatchObject({ clientId: 'client-1' });
  });

  it.each([
    [[], 'required'],
    [[{ name: '', address: 'нет адреса' }], 'badRecipient'],
    [[...to, { name: '', address: 'a@b@c.ru' }], 'badRecipient'],
  ])('1.5.1 to %j: %s', (bad, code) => expect(new World().outcome('outgoingEmail.send', form({ kind: 'new', incomingEmailId: null, to: bad }))).toBe(code));

  it('1.5.1 a wrong address is named with the field it stands in', () => {
    const wrong = { name: '', address: 'нет адреса' };
    const crowd = Array.from({ length: 3_000 }, (_, n) => ({ name: '', address: `p${n}@example.ru` }));
    expect(recipientProblem({ to, cc: crowd })).toEqual({ code: 'invalidInput', details: { field: 'Копия: 3000 адресов, а в одном письме может быть не больше 200' } });
    expect(recipientProblem({ to, cc: crowd.slice(0, 200) })).toBeNull();
    expect(recipientProblem({ to: [wrong], cc: [] })?.details).toEqual({ address: 'нет адреса', field: 'Кому' });
    expect(recipientProblem({ to, cc: [wrong] })?.details).toEqual({ address: 'нет адреса', field: 'Копия' });
  });

  it('1.5.1 a draft keeps its Message-ID, is its author’s own, and once sent is not changed', () => {
    const world = new World();
    const draft = form({ kind: 'new', incomingEmailId: null, to: [] });
    world.do('outgoingEmail.save', draft);
    expect(world.store.the('outgoingEmail', 'out-1')).toMatchObject({ state: 'draft', messageId: 'out-1@moesk.ru' });
    expect(world.outcome('outgoingEmail.save', draft, kotov)).toBe('notAllowed');
    world.later(1000).do('outgoingEmail.send', { ...draft, to });
    expect(world.store.the('outgoingEmail', 'out-1')).toMatchObject({ state: 'queued', messageId: 'out-1@moesk.ru' });
    expect(world.outcome('outgoingEmail.save', draft)).toBe('alreadySent');
  });

  it('1.5.1 an answer belongs to the letter’s conversation and does not end its task', () => {
    const world = taken();
    world.do('outgoingEmail.send', form({ kind: 'reply' }));
    expect(world.store.the('outgoingEmail', 'out-1')).toMatchObject({ inReplyTo: 'em-1@pochta-mo.ru', references: ['em-1@pochta-mo.ru'], conversationId: 'em-1', clientId: 'client-1', classification: null });
    expect(world.email().state).toBe('inWork');
    expect(world.tasks()).toMatchObject([{ state: 'inWork' }]);
  });
});
