import { describe, expect, it } from 'vitest';
import { commandByName, commands } from '../../shared/domain/commands.ts';
import { isDocumentName } from '../../shared/domain/documents.ts';

describe('2.8 the registry of commands', () => {
  it('2.8 has each command once, named by a document, with a Russian title', () => {
    expect(new Set(commands.map(({ name }) => name)).size).toBe(commands.length);
    expect(commands.filter(({ name }) => !isDocumentName(name.split('.')[0] ?? '') && !name.startsWith('dictionary.'))).toEqual([]);
    expect(commands.filter(({ title }) => !/[а-яё]/i.test(title))).toEqual([]);
  });

  it('2.8 an undo is a command with the same input', () => {
    const undoable = commands.filter(({ undo }) => undo !== null).map(({ name, undo }) => [name, undo]);
    expect(undoable).toEqual([
      ['client.merge', 'client.unmerge'],
      ['incomingEmail.correctCharset', 'incomingEmail.restoreCharset'],
      ['incomingEmail.markSpam', 'incomingEmail.unmarkSpam'],
      ['incomingEmail.returnToQueue', 'incomingEmail.take'],
      ['incomingEmail.take', 'incomingEmail.returnToQueue'],
      ['mailFilter.remove', 'mailFilter.restore'],
      ['mailFilter.restore', 'mailFilter.remove'],
    ]);
    for (const [, undo] of undoable) expect(commandByName(undo ?? '')?.input.safeParse({ id: 'x', discarded: [{ id: 'y', edits: [] }] }).success).toBe(true);
  });

  it('2.8 every command refuses an empty input rather than fail', () => {
    expect(commands.filter(({ input }) => input.safeParse({}).success).map(({ name }) => name)).toEqual([]);
    expect(commands.filter(({ input }) => input.safeParse(null).success).map(({ name }) => name)).toEqual([]);
  });
});
