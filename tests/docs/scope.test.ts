import { describe, expect, it } from 'vitest';
import { documentNames, documentTypeOf } from '../../shared/domain/documents.ts';
import { scopeRows } from '../../tools/docs/scope-rows.ts';
import { anAppeal, anApplication, aClient, aTask, examples } from '../helpers/builders.ts';

/** Documents whose scope depends on their fields, at the edges. */
const edges = { client: [aClient({ branchIds: [] })], application: [anApplication({ branchId: null })], task: [aTask({ assigneeId: 'user-1', holderId: 'user-2', roles: ['executor'] })], appeal: [anAppeal()] };

function isListed(key: string, listed: readonly string[]): boolean {
  return listed.includes(key) || listed.includes(`${key.split(':')[0]}:*`);
}

describe('docs/scope.md', () => {
  it.each(documentNames)('%s: names every key that the type gives', (name) => {
    const documents = [examples[name](), ...(name in edges ? edges[name as keyof typeof edges] : [])]; // checked by `in`
    const given = documents.flatMap((document) => documentTypeOf(name).scope(document));
    expect(given.filter((key) => !isListed(key, scopeRows[name].keys))).toEqual([]);
  });

  it.each(documentNames)('%s: names no key that the type does not give', (name) => {
    const documents = [examples[name](), ...(name in edges ? edges[name as keyof typeof edges] : [])]; // checked by `in`
    const given = documents.flatMap((document) => documentTypeOf(name).scope(document));
    const unused = scopeRows[name].keys.filter((key) => !given.some((each) => each === key || (key.endsWith(':*') && each.startsWith(key.slice(0, -1)))));
    expect(unused).toEqual([]);
  });
});
