/** What PostgreSQL's jsonb does not take: the character NUL, and halves of surrogate pairs. Letters bring both. */
const unstorable = /\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})/;

function clean(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').toWellFormed();
  if (Array.isArray(value)) return value.map(clean);
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, member]) => [clean(name), clean(member)]));
  return value;
}

/** JSON text that jsonb takes: NUL is left out, half a pair becomes U+FFFD. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  return unstorable.test(text) ? JSON.stringify(clean(value)) : text;
}
