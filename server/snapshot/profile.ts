import { createHash } from 'node:crypto';
import { scopeKeysOf } from '../../shared/base/scope.ts';

/**
 * What a snapshot holds: the documents of which there are millions, and whose scope is branches alone, so that everybody of the same branches sees the
 * same of them. All other types are fewer, and their scope depends on roles and persons: they come by pages.
 */
export const snapshotTypes: readonly string[] = ['client', 'application'];

/** Of a user's scope keys those that decide about these types, in order. */
export function profileKeys(scopeKeys: readonly string[]): readonly string[] {
  return scopeKeys.filter((key) => key === 'all' || key.startsWith('branch:')).toSorted();
}

export function profileOfBranches(branchIds: readonly string[]): readonly string[] {
  return profileKeys(scopeKeysOf({ userId: '', roles: [], branchIds }));
}

/** The profile's name as a folder. */
export function profileName(keys: readonly string[]): string {
  return createHash('sha256').update(keys.join('\n')).digest('hex').slice(0, 32);
}
