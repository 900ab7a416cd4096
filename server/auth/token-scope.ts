import { z } from 'zod';
import { commandByName } from '../../shared/domain/commands.ts';
import { isDocumentName } from '../../shared/domain/documents.ts';

const listSchema = z.union([z.literal('*'), z.array(z.string())]);

/** What a token may read (kinds of documents) and run (commands); `*` means all that its user may. */
export const tokenScopeSchema = z.object({ read: listSchema, run: listSchema });
export type TokenScope = z.infer<typeof tokenScopeSchema>;

/** True if the list names it. */
export function covers(list: TokenScope['read'], name: string): boolean {
  return list === '*' || list.includes(name);
}

/**
 * A scope as an administrator writes it: `read:client,read:appeal,run:client.save`; `read:*` and `run:*` mean all.
 * Throws an error in words for whatever is no kind of document and no command that a user may run.
 */
export function parseTokenScope(text: string): TokenScope {
  const parts = text.split(',').map((part) => part.trim()).filter((part) => part !== '');
  if (parts.length === 0) throw new Error('Область токена пуста. Пример: --scope read:client,read:appeal,run:client.save');
  const named = (verb: string): string[] => parts.flatMap((part) => (part.startsWith(`${verb}:`) ? [part.slice(verb.length + 1)] : []));
  const wrong = parts.find((part) => !/^(?:read|run):/.test(part));
  if (wrong !== undefined) throw new Error(`Не понимаю часть области «${wrong}». Пишите read:ВИД, run:КОМАНДА, read:* или run:*.`);
  const [read, run] = [named('read'), named('run')];
  for (const name of read) if (name !== '*' && !isDocumentName(name)) throw new Error(`Нет вида документов «${name}». Виды перечислены в docs/scope.md.`);
  for (const name of run) {
    const command = name === '*' ? null : commandByName(name);
    if (command === undefined) throw new Error(`Нет команды «${name}». Команды перечислены в docs/commands.md.`);
    if (command?.roles === 'system') throw new Error(`Команду «${name}» выполняет только сам центр: токену её дать нельзя.`);
  }
  return { read: read.includes('*') ? '*' : [...new Set(read)], run: run.includes('*') ? '*' : [...new Set(run)] };
}

/** The same words back. */
export function tokenScopeText({ read, run }: TokenScope): string {
  const said = (verb: string, list: TokenScope['read']): readonly string[] => (list === '*' ? [`${verb}:*`] : list.map((name) => `${verb}:${name}`));
  return [...said('read', read), ...said('run', run)].join(',');
}
