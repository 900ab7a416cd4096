import { describe, expect, it } from 'vitest';
import { systemAuthor } from '../../../shared/base/scope.ts';
import type { OutgoingEmail } from '../../../shared/domain/outgoing-email/model.ts';
import { anOutgoingEmail } from '../../helpers/builders.ts';
import { belova, kotov, operator, World } from '../../helpers/domain-world.ts';

const id = 'out-1';
const result = (value: string, serverAnswer = '250 ok') => ({ id, result: value, serverAnswer, rawFileId: 'f'.repeat(64), attempts: 1 });

function queued(): World {
  const world = new World();
  world.do('outgoingEmail.send', { id, kind: 'new', incomingEmailId: null, to: [{ name: '', address: 'res@branch.ru' }], cc: [], subject: 'Тема', text: '', attachments: [] });
  return world;
}
const out = (world: World): OutgoingEmail => world.store.the('outgoingEmail', id);
const record = (world: World, value: string, answer?: string) => world.do('outgoingEmail.recordResult', result(value, answer), systemAuthor);

describe('1.5.1 what became of a sending', () => {
  it('1.5.1 sent: the event is finished; said again it changes nothing', () => {
    const world = queued();
    record(world, 'sent');
    expect(out(world)).toMatchObject({ state: 'sent', sentAt: world.now, serverAnswer: '250 ok', attempts: 1 });
    expect(world.store.the('contactEvent', out(world).eventId ?? '')).toMatchObject({ outcome: 'sent', outcomeDetails: 'res@branch.ru' });
    expect(record(world.later(5), 'failed').changes).toEqual([]);
  });

  it('1.5.1 retrying stays queued and says why', () => {
    const world = queued();
    record(world, 'retrying', '451 later');
    expect(out(world)).toMatchObject({ state: 'queued', serverAnswer: '451 later' });
    expect(world.tasks(id)).toEqual([]);
  });

  it('1.5.1 failed: the server’s answer, the task «Письмо не доставлено»; «Повторить» sends the same letter', () => {
    const world = queued();
    record(world, 'failed', '550 no');
    expect(out(world)).toMatchObject({ state: 'failed', serverAnswer: '550 no' });
    expect(world.tasks(id)).toMatchObject([{ kind: 'undelivered', state: 'open', offeredTo: 'user-belova', roles: ['mailSupervisor', 'operator'] }]);
    const { messageId, effectId } = out(world);
    const { effects } = world.do('outgoingEmail.retry', { id });
    expect(out(world)).toMatchObject({ state: 'queued', messageId });
    expect(effects).toHaveLength(1);
    expect(out(world).effectId).not.toBe(effectId);
    expect(world.tasks(id)).toMatchObject([{ state: 'done' }]);
    expect(world.outcome('outgoingEmail.retry', { id })).toBe('wrongState');
  });

  it('1.5.1 unknown is never repeated by itself: a person decides', () => {
    const world = queued();
    record(world, 'unknown', 'связь прервалась');
    expect(out(world).state).toBe('unknown');
    expect(world.tasks(id)).toHaveLength(1);
    expect(world.outcome('outgoingEmail.retry', { id })).toBe('wrongState');
    world.do('outgoingEmail.resolveUnknown', { id, sent: true });
    expect(out(world)).toMatchObject({ state: 'sent', sentAt: world.now });
    expect(world.tasks(id)).toMatchObject([{ state: 'done' }]);
  });

  it('1.5.1 unknown and not sent can be repeated', () => {
    const world = queued();
    record(world, 'unknown');
    world.do('outgoingEmail.resolveUnknown', { id, sent: false });
    expect(out(world).state).toBe('failed');
    expect(world.outcome('outgoingEmail.retry', { id })).toBe('accepted');
  });

  it('1.5.1 a bounce quicker than the relay’s answer stays «Не доставлено»', () => {
    const world = queued();
    world.do('outgoingEmail.recordBounce', { id, incomingEmailId: null, reason: '550' }, systemAuthor);
    record(world, 'sent');
    expect(out(world)).toMatchObject({ state: 'undelivered', serverAnswer: '550' });
    expect(world.do('outgoingEmail.recordBounce', { id, incomingEmailId: null, reason: '551' }, systemAuthor).changes).toEqual([]);
  });

  it('1.4.2 a failed reply to spam makes no task', () => {
    const world = new World();
    world.put('outgoingEmail', anOutgoingEmail({ kind: 'autoReplySpam', state: 'queued' }));
    record(world, 'failed');
    expect(out(world).state).toBe('failed');
    expect(world.tasks(id)).toEqual([]);
  });

  it('1.5.1 only the centre records results', () => expect(queued().outcome('outgoingEmail.recordResult', result('sent'))).toBe('notAllowed'));
});

describe('1.5.1 the task «Письмо не доставлено»', () => {
  it('1.5.1 is taken by one and ended by him; the comment is on the event', () => {
    const world = queued();
    record(world, 'failed');
    const taskId = world.tasks(id)[0]?.id ?? '';
    expect(world.outcome('task.finish', { id: taskId, comment: '' })).toBe('notAllowed');
    world.do('task.take', { id: taskId }, belova);
    expect(world.outcome('task.take', { id: taskId }, kotov)).toBe('alreadyTaken');
    expect(world.outcome('task.take', { id: taskId }, operator)).toBe('alreadyTaken');
    world.do('task.finish', { id: taskId, comment: 'Позвонили клиенту' });
    expect(world.tasks(id)).toMatchObject([{ state: 'done' }]);
    expect(world.store.the('contactEvent', out(world).eventId ?? '').comment).toBe('Позвонили клиенту');
    expect(world.outcome('task.finish', { id: taskId, comment: '' })).toBe('taskClosed');
  });

  it('1.4.1 the task of a new letter is not taken here', () => {
    const world = new World();
    world.receive();
    expect(world.outcome('task.take', { id: world.tasks()[0]?.id })).toBe('notAllowed');
  });
});
