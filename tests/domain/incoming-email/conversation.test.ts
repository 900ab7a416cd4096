import { describe, expect, it } from 'vitest';
import { matterOf, numbersIn } from '../../../shared/domain/incoming-email/conversation-rules.ts';
import { aClient, anAppeal, anOutgoingEmail } from '../../helpers/builders.ts';
import { World } from '../../helpers/domain-world.ts';

const reply = { id: 'em-2', messageId: 'two@pochta-mo.ru', inReplyTo: 'em-1@pochta-mo.ru', subject: 'Re: Сроки по договору ТП' };

/** A letter taken by Белова, not ended. */
function open(): World {
  const world = new World();
  world.receive();
  world.do('incomingEmail.take', { id: 'em-1' });
  return world;
}

describe('1.4.1 conversations', () => {
  it('1.4.1 joins by In-Reply-To; the task is offered to the holder of the conversation', () => {
    const world = open();
    expect(world.receive(reply)).toMatchObject({ conversationId: 'em-1', continuationOf: null });
    expect(world.tasks('em-2')).toMatchObject([{ state: 'open', offeredTo: 'user-belova' }]);
  });

  it('1.4.1 joins by References to a letter of ours', () => {
    const world = open();
    world.put('outgoingEmail', anOutgoingEmail({ conversationId: 'em-1', messageId: 'ours@moesk.ru', subject: 'Re: Сроки по договору ТП' }));
    expect(world.receive({ ...reply, inReplyTo: null, references: ['far@x.ru', 'ours@moesk.ru'] }).conversationId).toBe('em-1');
  });

  it('1.4.1 joins by our number in the subject', () => {
    const world = new World();
    world.put('client', aClient());
    const { number } = world.numbered();
    expect(world.receive({ ...reply, inReplyTo: null, subject: `Вопрос по ${number ?? ''}` }).conversationId).toBe('em-1');
  });

  it('1.4.1 never glues another sender', () => {
    const world = open();
    expect(world.receive({ ...reply, from: { name: '', address: 'other@pochta-mo.ru' } })).toMatchObject({ conversationId: 'em-2', continuationOf: 'письмо от 24.11.2026' });
    expect(world.tasks('em-2')).toMatchObject([{ offeredTo: null }]);
  });

  it('1.4.1 a changed subject stands alone with «похоже на продолжение»', () => {
    const world = new World();
    world.put('client', aClient());
    world.numbered();
    expect(world.receive({ ...reply, subject: 'Совсем другое дело' })).toMatchObject({ conversationId: 'em-2', continuationOf: 'КП-26-00000001' });
  });

  it('1.4.1 a closed matter is not joined, an open appeal is', () => {
    const world = open();
    world.do('incomingEmail.finish', { id: 'em-1', reason: 'Благодарность', comment: '' });
    expect(world.receive(reply).conversationId).toBe('em-2');
    world.put('appeal', anAppeal({ state: 'check' }));
    world.put('incomingEmail', { ...world.email(), appealId: 'appeal-1' });
    expect(world.receive({ ...reply, id: 'em-3' }).conversationId).toBe('em-1');
    world.put('appeal', anAppeal({ state: 'closed' }));
    world.put('incomingEmail', { ...world.email('em-3'), state: 'done' });
    expect(world.receive({ ...reply, id: 'em-4' }).conversationId).toBe('em-4');
  });

  it('1.5.1 an answer to a letter that we wrote first joins it', () => {
    const world = new World();
    world.put('outgoingEmail', anOutgoingEmail({ state: 'sent', conversationId: 'out-1', messageId: 'ours@moesk.ru', subject: 'Приглашение' }));
    expect(world.receive({ inReplyTo: 'ours@moesk.ru', subject: 'RE: Приглашение' }).conversationId).toBe('out-1');
  });
});

describe('1.4.1 subjects', () => {
  it.each([
    ['Re: Fwd: Сроки', 'сроки'],
    ['RE[2]: Отв: Ёлка', 'елка'],
    ['[КП-26-00000001] Re: Сроки', 'сроки'],
    ['Сроки (КП-26-00000001)', 'сроки ()'],
  ])('1.4.1 %s is the matter %s', (subject, matter) => expect(matterOf(subject)).toBe(matter));

  it.each([
    ['КП-26-00001842', ['КП-26-00001842']],
    ['re: kp-26-00001842 и КП-27-00000001', ['КП-26-00001842', 'КП-27-00000001']],
    ['КП-26-000018421', []],
  ])('1.4.1 numbers in %s', (subject, numbers) => expect(numbersIn(subject)).toEqual(numbers));
});
