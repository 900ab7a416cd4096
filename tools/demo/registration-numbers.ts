import type { SeededRandom } from './seeded-random.ts';

function weighted(digits: string, weights: readonly number[]): number {
  return (weights.reduce((sum, weight, index) => sum + weight * Number(digits.charAt(index)), 0) % 11) % 10;
}

const innOfOrganization = [2, 4, 10, 3, 5, 9, 4, 6, 8] as const;
const innOfPerson1 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8] as const;
const innOfPerson2 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8] as const;

/** ИНН of an organization: 10 digits, the last one is the check digit. Region 50 is Moscow region, 77 Moscow. */
export function organizationInn(random: SeededRandom): string {
  const digits = `${random.pick(['50', '50', '50', '77'])}${random.pick(['03', '09', '12', '22', '29', '31', '38', '47'])}${random.digits(5)}`;
  return `${digits}${weighted(digits, innOfOrganization)}`;
}

/** ИНН of a person: 12 digits, the last two are check digits. */
export function personInn(random: SeededRandom): string {
  const ten = `${random.pick(['50', '77'])}${random.pick(['03', '09', '12', '22', '29', '31', '38', '47'])}${random.digits(6)}`;
  const eleven = `${ten}${weighted(ten, innOfPerson1)}`;
  return `${eleven}${weighted(eleven, innOfPerson2)}`;
}

/** ОГРН: 13 digits, the last is (the rest mod 11) mod 10. */
export function organizationOgrn(random: SeededRandom): string {
  const digits = `1${String(random.whole(2, 24)).padStart(2, '0')}50${random.digits(7)}`;
  return `${digits}${(BigInt(digits) % 11n) % 10n}`;
}

/** ОГРНИП: 15 digits, the last is (the rest mod 13) mod 10. */
export function soleTraderOgrn(random: SeededRandom): string {
  const digits = `3${String(random.whole(4, 25)).padStart(2, '0')}50${random.digits(9)}`;
  return `${digits}${(BigInt(digits) % 13n) % 10n}`;
}

/** ОКПО of an organization: 8 digits; weights 1…7, and 3…9 where the first gives 10. */
export function organizationOkpo(random: SeededRandom): string {
  const digits = `${random.whole(1, 9)}${random.digits(6)}`;
  const sum = (shift: number): number => [...digits].reduce((total, digit, index) => total + Number(digit) * (index + shift), 0) % 11;
  const first = sum(1);
  return `${digits}${first < 10 ? first : sum(3) % 10}`;
}
