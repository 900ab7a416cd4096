import type { AutoReplyKind } from './model.ts';

const ofEvery: readonly (readonly [string, string])[] = [
  ['тема', 'тема письма клиента'],
  ['дата', 'дата, когда письмо пришло'],
];
const ofNumbered: readonly (readonly [string, string])[] = [['номер', 'регистрационный номер письма, КП-26-00001842']];
const ofAppeal: readonly (readonly [string, string])[] = [
  ['номер обращения', 'номер обращения из АС ФЭУ'],
  ['ШК', 'штрихкод обращения из АС ФЭУ'],
];

/** Places in braces that the rule fills in an automatic reply of a kind, and what each becomes. */
export function placesOf(kind: AutoReplyKind): readonly (readonly [name: string, meaning: string])[] {
  if (kind === 'appeal') return [...ofAppeal, ...ofNumbered, ...ofEvery];
  return kind === 'number' ? [...ofNumbered, ...ofEvery] : ofEvery;
}

/** Places of a text that nothing is put into, as they are typed: `{нмер}`, `{}`. */
export function unknownPlaces(kind: AutoReplyKind, text: string): readonly string[] {
  const known = new Set(placesOf(kind).map(([name]) => `{${name}}`));
  return [...new Set([...text.matchAll(/\{[^{}]*\}/g)].map(([place]) => place))].filter((place) => !known.has(place));
}

/** What is wrong with a text before it may be sent to clients: an empty subject or text, a place that the program does not know. Null: nothing. */
export function autoReplyProblem({ kind, subject, text }: { readonly kind: AutoReplyKind; readonly subject: string; readonly text: string }): { readonly missing: readonly string[] } | { readonly wrong: string } | null {
  const fields = [['Тема', subject], ['Текст', text]] as const;
  const missing = fields.filter(([, value]) => value.trim() === '').map(([field]) => field);
  if (missing.length > 0) return { missing };
  for (const [field, value] of fields) {
    const unknown = unknownPlaces(kind, value);
    if (unknown.length > 0) return { wrong: `${field}: программа не знает, что подставить вместо ${unknown.join(', ')}` };
  }
  return null;
}
