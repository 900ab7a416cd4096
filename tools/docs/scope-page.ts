import { documentTypeOf } from '../../shared/domain/documents.ts';
import type { ScopeRow } from './scope-rows.ts';

/** docs/scope.md: which desks receive a document of each type. */
export function scopePage(rows: Readonly<Record<string, ScopeRow>>): string {
  const lines = Object.entries(rows).map(([type, { keys, who }]) => `| ${documentTypeOf(type).title} | \`${type}\` | ${who} | ${keys.map((key) => `\`${key}\``).join(' ')} |`);
  return `# Who receives what

A desk holds a copy of the documents that its users may see, and no others. Each document carries scope keys, given by the \`scope\` function of
its type (\`shared/domain/<object>/model.ts\`); a user holds \`all\`, \`user:<his id>\`, \`role:<each of his roles>\` and \`branch:<each of his
branches>\`. Where the two meet, the document is sent to the desk, and the centre lets the user change it. A document that leaves the scope is
removed from the desk by the next pull. Generated from \`tools/docs/scope-rows.ts\`, which a test compares with the declarations.

| object | type | who receives it | keys |
|---|---|---|---|
${lines.join('\n')}

What a desk does not hold (its first fill is still going on) is found by the search at the centre, by the same keys, and can be opened from there: a client with everything
of his, an application, an appeal, a letter. It is shown for reading, kept in memory at most, and each opening of a client is a line of the access log.

Passwords, sessions, leases of numbers, effects, the access log and the raw change feed never leave the centre. Files (attachments, sources of
letters) are fetched by a desk when a document that it holds names them.
`;
}
