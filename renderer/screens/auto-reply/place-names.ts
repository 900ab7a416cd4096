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
export function placesOf(kind: string): readonly (readonly [name: string, meaning: string])[] {
  if (kind === 'appeal') return [...ofAppeal, ...ofNumbered, ...ofEvery];
  return kind === 'number' ? [...ofNumbered, ...ofEvery] : ofEvery;
}

/** Places of a text that nothing is put into. */
export function unknownPlaces(kind: string, text: string): readonly string[] {
  const known = new Set(placesOf(kind).map(([name]) => name));
  return [...new Set([...text.matchAll(/\{([^{}]+)\}/g)].map((found) => found[1] ?? ''))].filter((name) => !known.has(name));
}
