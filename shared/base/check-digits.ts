const digitsOf = (text: string): readonly number[] => [...text].map(Number);

function weighted(digits: readonly number[], weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * (digits[index] ?? 0), 0);
}

/** The rules that a number breaks, each as a plain Russian sentence, or null if it is right. An empty number is the caller's matter. */
export type NumberProblem = string | null;

/** ИНН: 10 digits of an organization (one control digit) or 12 of a person (two). */
export function innProblem(inn: string, owner: 'organization' | 'person'): NumberProblem {
  const length = owner === 'organization' ? 10 : 12;
  if (!/^\d+$/.test(inn) || inn.length !== length) return owner === 'organization' ? 'ИНН юридического лица состоит из 10 цифр' : 'ИНН физического лица состоит из 12 цифр';
  const digits = digitsOf(inn);
  const control = (weights: readonly number[]): number => (weighted(digits, weights) % 11) % 10;
  if (length === 10) return control([2, 4, 10, 3, 5, 9, 4, 6, 8]) === digits[9] ? null : 'Последняя цифра ИНН не сходится с контрольной';
  if (control([7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) !== digits[10]) return 'Предпоследняя цифра ИНН не сходится с контрольной';
  return control([3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === digits[11] ? null : 'Последняя цифра ИНН не сходится с контрольной';
}

/** ОГРН: 13 digits of an organization; ОГРНИП: 15 digits of a sole trader. */
export function ogrnProblem(ogrn: string, owner: 'organization' | 'person'): NumberProblem {
  const [name, length] = owner === 'organization' ? ['ОГРН', 13] : ['ОГРНИП', 15];
  if (!/^\d+$/.test(ogrn) || ogrn.length !== length) return `${name} состоит из ${String(length)} цифр`;
  const control = (Number(ogrn.slice(0, -1)) % (length - 2)) % 10; // at most 14 digits: exact in a number
  return control === Number(ogrn.at(-1)) ? null : `Последняя цифра ${name} не сходится с контрольной`;
}

/** ОКПО: 8 digits of an organization, 10 of a sole trader. */
export function okpoProblem(okpo: string, owner: 'organization' | 'person'): NumberProblem {
  const length = owner === 'organization' ? 8 : 10;
  if (!/^\d+$/.test(okpo) || okpo.length !== length) return `ОКПО состоит из ${String(length)} цифр`;
  const digits = digitsOf(okpo);
  const control = (shift: number): number => weighted(digits, Array.from({ length: length - 1 }, (_, index) => ((index + shift) % 10) + 1)) % 11;
  const first = control(0);
  const expected = first < 10 ? first : control(2) % 10;
  return expected === digits[length - 1] ? null : 'Последняя цифра ОКПО не сходится с контрольной';
}

/** КПП: 9 signs: the tax office, the reason (digits or Latin capitals), the ordinal number. */
export function kppProblem(kpp: string): NumberProblem {
  return /^\d{4}[\dA-Z]{2}\d{3}$/.test(kpp) ? null : 'КПП состоит из 9 знаков: 4 цифры, 2 цифры или заглавные латинские буквы, 3 цифры';
}
