import { describe, expect, it } from 'vitest';
import { moscowYear2 } from '../../../shared/base/instant.ts';
import { aClient } from '../../helpers/builders.ts';
import { World } from '../../helpers/domain-world.ts';

const id = 'em-1';

function readyToNumber(): World {
  const world = new World();
  world.put('client', aClient());
  world.receive();
  world.do('incomingEmail.take', { id });
  world.fill({ fromWhom: 'consumer', classification: 'text', kindId: 'kind-101', categoryId: 'category-2', subtopicId: 'subtopic-108' });
  return world;
}

describe('2.8.1 «Присвоить рег. номер»', () => {
  it('2.8.1.2 gives КП-YY-ХХХХХХХХ, and the client gets the first automatic reply', () => {
    const world = readyToNumber();
    const { effects } = world.do('incomingEmail.assignNumber', { id });
    expect(world.email()).toMatchObject({ state: 'numbered', number: 'КП-26-00000001', numberedAt: world.now });
    const [reply] = world.store.all('outgoingEmail');
    expect(reply).toMatchObject({
      kind: 'autoReplyNumber', state: 'queued', subject: 'Письмо № КП-26-00000001', text: 'Ваше письмо зарегистрировано под номером КП-26-00000001.', to: [{ name: '', address: 'm.sokolova@pochta-mo.ru' }],
      incomingEmailId: id, conversationId: id, clientId: 'client-1', inReplyTo: 'em-1@pochta-mo.ru', references: ['em-1@pochta-mo.ru'],
    });
    expect(reply?.messageId).toMatch(/^command-\d+\.\d+@moesk\.ru$/);
    expect(effects).toEqual([{ id: reply?.effectId, kind: 'sendEmail', payload: { outgoingEmailId: reply?.id } }]);
  });

  it('2.8.1.2 not possible twice', () => {
    const world = readyToNumber();
    world.do('incomingEmail.assignNumber', { id });
    expect(world.run('incomingEmail.assignNumber', { id })).toMatchObject({ refusal: { code: 'alreadyNumbered', details: { number: 'КП-26-00000001' } } });
    expect(world.store.all('outgoingEmail')).toHaveLength(1);
  });

  it.each([
    ['2026-12-31T20:59:59.999Z', /^КП-26-/],
    ['2026-12-31T21:00:00.000Z', /^КП-27-00000001$/],
  ])('2.8.1.2 the year is Moscow’s: at %s', (now, number) => {
    const world = readyToNumber();
    world.now = now;
    world.do('incomingEmail.assignNumber', { id });
    expect(world.email().number).toMatch(number);
    expect(world.email().number).toContain(`КП-${moscowYear2(now)}-`);
  });

  it('2.8.1.2 without numbers nothing is written', () => {
    const world = readyToNumber();
    world.store.numbersLeft = 0;
    const before = world.store.snapshot();
    expect(world.outcome('incomingEmail.assignNumber', { id })).toBe('noNumbers');
    expect(world.store.snapshot()).toEqual(before);
  });

  it('2.8.1.2 a refused command uses up no number', () => {
    const world = readyToNumber();
    world.fill({ kindId: null });
    expect(world.outcome('incomingEmail.assignNumber', { id })).toBe('required');
    world.fill({ kindId: 'kind-101' });
    world.do('incomingEmail.assignNumber', { id });
    expect(world.email().number).toBe('КП-26-00000001');
  });

  it.each([
    [{ clientId: null }, ['Контакт']],
    [{ kindId: null, subtopicId: null, categoryId: null }, ['Вид', 'Категория', 'Подтема']],
    [{ fromWhom: null, classification: null }, ['От кого', 'Классификация']],
  ])('2.8.1.1 before the number: %j asks for %j', (fields, missing) => {
    const world = readyToNumber();
    world.fill(fields);
    expect(world.run('incomingEmail.assignNumber', { id })).toMatchObject({ refusal: { code: 'required', details: { fields: missing } } });
  });

  it.each([
    ['notConsumer', 'faxogram'],
    ['notConsumer', 'official'],
    ['consumer', 'reconciliation'],
    ['consumer', 'subscriptionCheck'],
  ] as const)('2.8.3 no number for %s, %s', (fromWhom, classification) => {
    const world = readyToNumber();
    world.fill({ fromWhom, classification });
    expect(world.outcome('incomingEmail.assignNumber', { id })).toBe('notForClass');
  });
});
