import { describe, expect, it } from 'vitest';
import { addressProblem, fittingAddresses, mostAddresses, readAddress, readAddresses, splitAddresses, withAddresses } from '../../../renderer/screens/outgoing-email/address-text.ts';
import { outgoingFromDraft, outgoingInput, outgoingProblems, sendingNote, withoutAttachment } from '../../../renderer/screens/outgoing-email/outgoing-view.ts';
import { addresseesFor, type ForwardedBefore } from '../../../renderer/screens/outgoing-email/suggested-addressees.ts';
import { forwardDraft } from '../../../shared/domain/outgoing-email/draft-rules.ts';
import { outgoingInputSchema } from '../../../shared/domain/outgoing-email/commands.ts';
import { appealNumberPlace } from '../../../shared/domain/outgoing-email/rules.ts';
import { anAttachment, anIncomingEmail, anOutgoingEmail } from '../../helpers/builders.ts';

describe('typed addresses', () => {
  it('are read with and without names', () => {
    expect(readAddresses('Иванов <ivanov@moesk.ru>; "Петров, П." <p@b.ru>\na@b.ru,')).toEqual([
      { name: 'Иванов', address: 'ivanov@moesk.ru' },
      { name: 'Петров, П.', address: 'p@b.ru' },
      { name: '', address: 'a@b.ru' },
    ]);
    expect(splitAddresses('a@b.ru, c@')).toEqual({ whole: ['a@b.ru'], rest: ' c@' });
    expect(readAddress('mailto:a@b.ru').address).toBe('a@b.ru');
  });

  it('stand once whatever their case', () => {
    expect(withAddresses([readAddress('a@b.ru')], [readAddress('A@B.ru'), readAddress('c@b.ru')]).map(({ address }) => address)).toEqual(['a@b.ru', 'c@b.ru']);
  });

  it('are told to be wrong in one sentence', () => {
    expect(addressProblem([readAddress('a@b.ru')])).toBeUndefined();
    expect(addressProblem([readAddress('плохой адрес')])).toContain('плохой адрес');
    expect(addressProblem(Array.from({ length: 10_000 }, (_, index) => readAddress(`a${index}@b.ru`)))).toContain(String(mostAddresses));
    expect(outgoingProblems({ to: [readAddress('a')], cc: [] })).toHaveProperty('to');
  });

  it('are suggested by what is typed, without those chosen', () => {
    const known = [readAddress('Канцелярия <kanc@moesk.ru>'), readAddress('safina@moesk.ru')];
    expect(fittingAddresses(known, 'КАНЦ', []).map(({ address }) => address)).toEqual(['kanc@moesk.ru']);
    expect(fittingAddresses(known, '', known.slice(0, 1)).map(({ address }) => address)).toEqual(['safina@moesk.ru']);
  });
});

it('addressees of the same class and branch come before the others of the class', () => {
  const before = (address: string, classification: 'faxogram' | 'protocol', branchIds: readonly string[]): ForwardedBefore => ({ outgoing: anOutgoingEmail({ kind: 'forward', to: [{ name: '', address }] }), source: { fromWhom: 'notConsumer', classification }, author: { branchIds: [...branchIds] } });
  const all = [before('far@moesk.ru', 'faxogram', ['south']), before('far@moesk.ru', 'faxogram', ['south']), before('near@moesk.ru', 'faxogram', ['north']), before('other@moesk.ru', 'protocol', ['north'])];
  expect(addresseesFor(all, { fromWhom: 'notConsumer', classification: 'faxogram' }, ['north']).map(({ address }) => address)).toEqual(['near@moesk.ru', 'far@moesk.ru']);
});

describe('the form of an outgoing letter', () => {
  const source = anIncomingEmail({ fromWhom: 'notConsumer', classification: 'faxogram', signatory: 'Иванов', meetingTime: '26.11 11:00', attachments: [anAttachment()] });
  const email = outgoingFromDraft(forwardDraft(source, null), { id: 'out-9', authorId: 'user-belova', createdAt: '2026-11-24T08:00:00.000Z', source });

  it('begins as the letter forwarded and gives the command its input', () => {
    expect(email).toMatchObject({ kind: 'forward', state: 'draft', incomingEmailId: 'em-1', conversationId: 'conversation-1', subject: 'Fwd: Сроки по договору ТП Иванов 26.11 11:00' });
    expect(outgoingInputSchema.safeParse(outgoingInput(email)).success).toBe(true);
    expect(withoutAttachment(email.attachments, 'at1')).toEqual([]);
  });

  it('says beforehand what sending does', () => {
    expect(sendingNote(email, source)).toBe('Задача по письму будет выполнена');
    expect(sendingNote({ ...email, appealId: 'appeal-1', text: appealNumberPlace }, source)).toContain('АС ФЭУ');
    expect(sendingNote({ ...email, kind: 'reply' }, source)).toBe('');
  });

  it('tells the command what of the conversation the writer knew', () => {
    expect(outgoingInput(email).known).toBeNull();
    const begun = outgoingFromDraft(forwardDraft(source, null), { id: 'out-9', authorId: 'user-belova', createdAt: '2026-11-24T08:00:00.000Z', source, known: ['incomingEmail:em-1'] });
    expect(outgoingInput(begun).known).toEqual(['incomingEmail:em-1']);
  });
});
