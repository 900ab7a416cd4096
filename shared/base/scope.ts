import type { AnyDocument, DocumentType } from './document-type.ts';
import type { Author, Command } from './rule-book.ts';

/** The scope keys that a user holds: what he may receive and act on. */
export function scopeKeysOf(author: Pick<Author, 'userId' | 'roles' | 'branchIds'>): readonly string[] {
  return ['all', `user:${author.userId}`, ...author.roles.map((role) => `role:${role}`), ...author.branchIds.map((id) => `branch:${id}`)];
}

/** True if a holder of `keys` may see the document. */
export function inScope<T extends AnyDocument>(type: DocumentType<T>, document: T, keys: readonly string[]): boolean {
  return type.scope(document).some((key) => keys.includes(key));
}

/** True if the author's roles let him run the command; the centre (`system`) may run every one. */
export function mayRun(command: Pick<Command, 'roles'>, author: Pick<Author, 'userId' | 'roles'>): boolean {
  if (author.userId === systemAuthor.userId) return true;
  return command.roles !== 'system' && command.roles.some((role) => author.roles.includes(role));
}

/** True if the author may change a document that stands so: only what is in his scope is his to change; a new one (`before` null) is anybody's. */
export function mayChange<T extends AnyDocument>(type: DocumentType<T>, before: T | null, author: Author): boolean {
  return before === null || author.userId === systemAuthor.userId || inScope(type, before, scopeKeysOf(author));
}

/** The centre acting by itself: intake, answers of external systems. */
export const systemAuthor: Author = { userId: 'system', name: 'Система', roles: [], branchIds: [] };
