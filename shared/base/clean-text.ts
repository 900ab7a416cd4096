/**
 * The value without what no base keeps: the character NUL is left out, half of a surrogate pair becomes U+FFFD. Pasted texts and letters
 * bring both. What is clean comes back as it is.
 */
export function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.includes('\0') || !value.isWellFormed() ? value.replaceAll('\0', '').toWellFormed() : value;
  if (Array.isArray(value)) {
    const members = value.map(cleaned);
    return members.every((member, n) => Object.is(member, value[n])) ? value : members;
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [String(cleaned(name)), cleaned(member), name, member] as const);
  return members.every(([name, member, before, was]) => name === before && Object.is(member, was)) ? value : Object.fromEntries(members.map(([name, member]) => [name, member]));
}
