import { describe, expect, it } from 'vitest';
import { canAssignNumber, canCreateAppeal, canForward, classesFor, missingFor, nextStep, type NextStep } from '../../../shared/domain/incoming-email/class-rules.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { anIncomingEmail } from '../../helpers/builders.ts';
import { belova } from '../../helpers/domain-world.ts';

const categories = { kindId: 'k', categoryId: 'c', subtopicId: 's' };
const inWork = (given: Partial<IncomingEmail> = {}) => anIncomingEmail({ state: 'inWork', holderId: 'user-belova', ...given });

describe('2.6.2, 2.6.3 classes', () => {
  it('2.6.2 not from a consumer', () => expect(classesFor('notConsumer')).toEqual(['faxogram', 'protocol', 'faxogramProtocol', 'official', 'reconciliation']));
  it('2.6.3 from a consumer', () => expect(classesFor('consumer')).toEqual(['text', 'official', 'reconciliation', 'subscriptionCheck']));
  it('2.8.1.1 what is missing, in the order of the form', () => {
    expect(missingFor('number', inWork({ fromWhom: 'consumer', classification: 'text' }))).toEqual(['clientId', 'kindId', 'categoryId', 'subtopicId']);
    expect(missingFor('forward', inWork({ fromWhom: 'notConsumer', classification: 'faxogram', meetingTime: ' ' }))).toEqual(['signatory', 'meetingTime']);
  });
});

describe('2.8 the step that is due', () => {
  it.each<[NextStep, IncomingEmail]>([
    ['take', anIncomingEmail()],
    ['take', anIncomingEmail({ state: 'numbered', number: 'КП-26-00000001' })],
    ['fromWhom', inWork()],
    ['classification', inWork({ fromWhom: 'consumer' })],
    ['client', inWork({ fromWhom: 'consumer', classification: 'text' })],
    ['categories', inWork({ fromWhom: 'consumer', classification: 'text', clientId: 'x', kindId: 'k' })],
    ['assignNumber', inWork({ fromWhom: 'consumer', classification: 'text', clientId: 'x', ...categories })],
    ['createAppeal', inWork({ state: 'numbered', fromWhom: 'consumer', classification: 'text', clientId: 'x', ...categories, number: 'КП-26-00000001' })],
    ['forward', anIncomingEmail({ state: 'done', holderId: 'user-belova', awaitsAsud: true, appealId: 'a' })],
    ['meeting', inWork({ fromWhom: 'notConsumer', classification: 'faxogram' })],
    ['categories', inWork({ fromWhom: 'notConsumer', classification: 'official' })],
    ['forward', inWork({ fromWhom: 'notConsumer', classification: 'protocol' })],
    ['client', inWork({ fromWhom: 'consumer', classification: 'reconciliation' })],
    ['none', anIncomingEmail({ state: 'done' })],
    ['none', anIncomingEmail({ state: 'spam' })],
    ['none', anIncomingEmail({ state: 'unwanted' })],
  ])('2.8 %s', (step, email) => expect(nextStep(email)).toBe(step));

  it('2.8 the step that is due is allowed, the others say why not', () => {
    const numbered = inWork({ state: 'numbered', fromWhom: 'consumer', classification: 'official', clientId: 'x', ...categories, number: 'КП-26-00000001' });
    expect(canCreateAppeal(numbered, 'user-belova')).toBeNull();
    expect(canAssignNumber(numbered, 'user-belova')?.code).toBe('alreadyNumbered');
    expect(canForward(numbered, belova)?.code).toBe('appealNotReady');
    expect(canCreateAppeal(inWork({ fromWhom: 'notConsumer', classification: 'protocol' }), 'user-belova')?.code).toBe('notForClass');
  });
});
