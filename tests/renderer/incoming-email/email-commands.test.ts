import { describe, expect, it } from 'vitest';
import { barCommands, primaryCommand, requiredFields, type Acting, type BarCommand } from '../../../renderer/screens/incoming-email/email-commands.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { anIncomingEmail } from '../../helpers/builders.ts';

const me: Acting = { userId: 'user-belova', roles: ['mailSupervisor'] };
const mine = (given: Partial<IncomingEmail> = {}): IncomingEmail => anIncomingEmail({ state: 'inWork', holderId: 'user-belova', takenAt: '2026-11-24T08:40:00.000Z', ...given });
const classified = { fromWhom: 'consumer', classification: 'text', clientId: 'client-1', kindId: 'kind-101', categoryId: 'category-2', subtopicId: 'subtopic-108' } as const;
const pressable = (email: IncomingEmail, acting: Acting = me): readonly BarCommand[] =>
  (Object.entries(barCommands(email, acting)) as [BarCommand, { reason: string | undefined }][]).filter(([, { reason }]) => reason === undefined).map(([name]) => name); // the keys of the record are its commands

describe('the buttons of a letter', () => {
  it('of a new one: only «Принять в работу» and «Спам»; the rest say what to do first', () => {
    const email = anIncomingEmail();
    expect(pressable(email)).toEqual(['take', 'spam']);
    expect(barCommands(email, me).reply.reason).toContain('Принять в работу');
    expect(primaryCommand(email, me)).toBe('take');
  });

  it('of a letter of another: none, and it says so', () => {
    const email = mine({ holderId: 'user-kuznetsov' });
    expect(pressable(email)).toEqual([]);
    expect(barCommands(email, me).take.reason).toBe('Письмо в работе у другого сотрудника');
    expect(primaryCommand(email, me)).toBeNull();
  });

  it('of one without the right: none', () => {
    const operator: Acting = { userId: 'user-belova', roles: ['operator'] };
    expect(pressable(anIncomingEmail(), operator)).toEqual([]);
    expect(primaryCommand(anIncomingEmail(), operator)).toBeNull();
  });

  it.each<[string, Partial<IncomingEmail>, BarCommand | null]>([
    ['not classified', {}, 'save'],
    ['a consumer’s text without its categories', { fromWhom: 'consumer', classification: 'text' }, 'assignNumber'],
    ['a consumer’s text, complete', classified, 'assignNumber'],
    ['numbered', { ...classified, state: 'numbered', number: 'КП-26-00000001' }, 'createAppeal'],
    ['a faxogram', { fromWhom: 'notConsumer', classification: 'faxogram' }, 'forward'],
    ['a reconciliation', { fromWhom: 'notConsumer', classification: 'reconciliation' }, 'forward'],
    ['done', { ...classified, state: 'done' }, null],
    ['done, waits for АСУД', { ...classified, classification: 'official', state: 'done', appealId: 'appeal-1', awaitsAsud: true }, 'forward'],
  ])('the blue one moves: %s', (_, given, primary) => {
    expect(primaryCommand(mine(given), me)).toBe(primary);
  });

  it('are not greyed by empty fields: they go to the first of them', () => {
    const { forward } = barCommands(mine({ fromWhom: 'notConsumer', classification: 'faxogram', signatory: 'Иванов' }), me);
    expect(forward).toEqual({ reason: undefined, missing: ['meetingTime'] });
  });

  it('say why a class has no such step', () => {
    const commands = barCommands(mine({ fromWhom: 'notConsumer', classification: 'protocol' }), me);
    expect(commands.assignNumber.reason).toContain('Протокол');
    expect(barCommands(mine(classified), me).forward.reason).toContain('Письмо (текстовое)');
    expect(barCommands(mine({ ...classified, number: 'КП-26-00000001', state: 'numbered' }), me).assignNumber.reason).toContain('КП-26-00000001');
  });

  it('mark required fields only in work', () => {
    expect(requiredFields(anIncomingEmail(), me)).toEqual([]);
    expect(requiredFields(mine({ fromWhom: 'notConsumer', classification: 'faxogram' }), me)).toEqual(['signatory', 'meetingTime']);
  });
});
