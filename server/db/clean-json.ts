import { cleaned } from '../../shared/base/clean-text.ts';

/** What PostgreSQL's jsonb does not take: the character NUL, and halves of surrogate pairs. Letters bring both. */
const unstorable = /\\u(?:0000|[dD][89a-fA-F][0-9a-fA-F]{2})/;

/** JSON text that jsonb takes: NUL is left out, half a pair becomes U+FFFD. */
export function storableJson(value: unknown): string {
  const text = JSON.stringify(value);
  return unstorable.test(text) ? JSON.stringify(cleaned(value)) : text;
}
