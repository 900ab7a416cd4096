import { describe, expect, it } from 'vitest';
import { clientFromTyped } from '../../renderer/screens/client/client-from-typed.ts';

describe('a new card begins with what was looked for', () => {
  it.each([
    ['8 (916) 204-18-55', { phones: ['+7 916 204-18-55'] }],
    ['4965773018', { phones: ['+7 496 577-30-18'] }],
    ['204-18', { phones: ['204-18'] }],
    ['new@pochta-mo.ru', { emails: ['new@pochta-mo.ru'] }],
    ['7707083893', { kind: 'organization', inn: '7707083893' }],
    ['500100732259', { kind: 'person', inn: '500100732259' }],
    ['сидоров  пётр ильич', { kind: 'person', lastName: 'Сидоров', firstName: 'Пётр', middleName: 'Ильич' }],
    ['Рахимов Тимур Алишер оглы', { lastName: 'Рахимов', firstName: 'Тимур', middleName: 'Алишер Оглы' }],
    ['ООО Домострой', { kind: 'organization', name: 'ООО Домострой' }],
    ['«Маяк»', { kind: 'organization', name: '«Маяк»' }],
    ['', { kind: 'person', lastName: '', phones: [] }],
  ])('%s', (typed, expected) => {
    const client = clientFromTyped('c1', typed);
    const shown = { ...client, phones: client.phones.map((phone) => phone.typed), emails: client.emails.map(({ address }) => address) };
    expect(shown).toMatchObject(expected);
  });
});
