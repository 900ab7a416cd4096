import { describe, expect, it } from 'vitest';
import { conversationMoves, movesSince, moveText, type ConversationLetters } from '../../../shared/domain/outgoing-email/conversation-rules.ts';
import { anIncomingEmail, anOutgoingEmail } from '../../helpers/builders.ts';
import { belova, kotov, World } from '../../helpers/domain-world.ts';

const first = anIncomingEmail({ id: 'em-1', receivedAt: '2026-11-24T06:00:00.000Z' });
const letters: ConversationLetters = {
  incoming: [first, anIncomingEmail({ id: 'em-2', subject: 'Свет', receivedAt: '2026-11-24T08:00:00.000Z', number: 'КП-26-00000002', numberedAt: '2026-11-24T08:10:00.000Z', holderId: kotov.userId }), anIncomingEmail({ id: 'em-3', automation: 'autoReply' })],
  outgoing: [
    anOutgoingEmail({ id: 'out-own', kind: 'reply', state: 'sent', authorId: belova.userId, queuedAt: '2026-11-24T08:05:00.000Z' }),
    anOutgoingEmail({ id: 'out-his', kind: 'forward', state: 'queued', subject: 'Fwd: Свет', authorId: kotov.userId, queuedAt: '2026-11-24T08:20:00.000Z' }),
    anOutgoingEmail({ id: 'out-draft', kind: 'reply', state: 'draft', authorId: kotov.userId }),
    anOutgoingEmail({ id: 'out-auto', kind: 'autoReplyNumber', state: 'sent', authorId: 'system' }),
  ],
};

describe('what happened in a conversation', () => {
  it('letters that came, letters people sent, numbers given, in order of time', () => {
    expect(conversationMoves(letters).map(({ key }) => key)).toEqual(['incomingEmail:em-1', 'incomingEmail:em-2', 'outgoingEmail:out-own', 'number:em-2', 'outgoingEmail:out-his']);
  });

  it('is news only if the writer neither knew it nor did it', () => {
    expect(movesSince(letters, ['incomingEmail:em-1'], belova.userId).map(({ key }) => key)).toEqual(['incomingEmail:em-2', 'number:em-2', 'outgoingEmail:out-his']);
    expect(movesSince(letters, conversationMoves(letters).map(({ key }) => key), belova.userId)).toEqual([]);
  });

  it('is told with who, when and what', () => {
    const texts = movesSince(letters, ['incomingEmail:em-1'], belova.userId).map((move) => moveText(move, () => 'Котов П. А.'));
    expect(texts[0]).toMatch(/^Пришло письмо «Свет»: .*, 24\.11\.2026,? 11:00$/);
    expect(texts[1]).toMatch(/^Присвоен номер КП-26-00000002: Котов П\. А\., .*11:10$/);
    expect(texts[2]).toMatch(/^Письмо переслано «Fwd: Свет»: Котов П\. А\., .*11:20$/);
  });
});

describe('«Отправить» when the conversation moved on', () => {
  function answering(): { readonly world: World; readonly input: object } {
    const world = new World();
    world.receive({ subject: 'Свет' });
    world.do('incomingEmail.take', { id: 'em-1' });
    const known = conversationMoves({ incoming: [world.email()], outgoing: [] }).map(({ key }) => key);
    return { world, input: { id: 'out-1', kind: 'reply', incomingEmailId: 'em-1', to: [{ name: '', address: 'a@b.ru' }], cc: [], subject: 'Re: Свет', text: 'Ответ', attachments: [], known } };
  }
  const another = (world: World) => world.receive({ id: 'em-2', subject: 'Re: Свет', inReplyTo: 'em-1@pochta-mo.ru' });

  it('is asked about, names what happened, and goes when that is known', () => {
    const { world, input } = answering();
    another(world.later(60_000));
    const refused = world.run('outgoingEmail.send', input);
    expect(refused).toMatchObject({ ok: false, refusal: { code: 'conversationMoved', details: { documentType: 'incomingEmail', documentId: 'em-2', happened: [expect.stringMatching(/^Пришло письмо «Re: Свет»: /)] } } });
    const known = refused.ok ? null : refused.refusal.details['known'];
    expect(world.outcome('outgoingEmail.send', { ...input, known })).toBe('accepted');
  });

  it('names the colleague who answered', () => {
    const { world, input } = answering();
    another(world);
    world.do('incomingEmail.take', { id: 'em-2' }, kotov);
    world.do('outgoingEmail.send', { ...input, id: 'out-2', incomingEmailId: 'em-2', subject: 'Re: Свет', known: null }, kotov);
    expect(world.run('outgoingEmail.send', input)).toMatchObject({ refusal: { details: { documentType: 'outgoingEmail', documentId: 'out-2', happened: [expect.stringContaining('Пришло письмо'), expect.stringMatching(/^Отправлен ответ «Re: Свет»: Котов\sП\.\sА\., /)] } } });
  });

  it('is not asked about where nothing happened, or the sender of the command does not say what was known', () => {
    const { world, input } = answering();
    another(world);
    expect(world.outcome('outgoingEmail.send', { ...input, known: null })).toBe('accepted');
    const quiet = answering();
    expect(quiet.world.outcome('outgoingEmail.send', quiet.input)).toBe('accepted');
  });

  it('a draft keeps what its writer knew; a letter sent does not', () => {
    const { world, input } = answering();
    world.do('outgoingEmail.save', input);
    expect(world.store.the('outgoingEmail', 'out-1').known).toEqual(['incomingEmail:em-1']);
    world.do('outgoingEmail.send', input);
    expect(world.store.the('outgoingEmail', 'out-1')).not.toHaveProperty('known');
  });
});
