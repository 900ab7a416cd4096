import { describe, expect, it } from 'vitest';
import { mergeInput, mergeRows, unitedTexts } from '../../renderer/screens/client/merge-values.ts';
import { aClient } from '../helpers/builders.ts';

const kept = aClient({ id: 'kept', inn: '', ogrn: '' });
const double = aClient({ id: 'double', middleName: '', inn: '500100732259', phones: [{ id: 'p1', kind: 'Рабочий', typed: '8 (916) 204-18-55', e164: '+79162041855', comment: '', main: true }, { id: 'p2', kind: 'Рабочий', typed: '+7 495 123-45-67', e164: '+74951234567', comment: '', main: false }] });

describe('cards to be merged, side by side', () => {
  it('fields that differ stand first; the kept card’s value is chosen, and where it has none, the first that has', () => {
    const rows = mergeRows([kept, double], 'kept', {});
    expect(rows.filter(({ differs }) => differs).map(({ field, chosenId }) => [field, chosenId])).toEqual([['middleName', 'kept'], ['inn', 'double']]);
    expect(rows.filter(({ differs }) => !differs).map(({ field }) => field)).toEqual(['kind', 'lastName', 'firstName', 'birthDate', 'gender']);
  });

  it('what is offered follows the kind that the kept card will be of', () => {
    const company = aClient({ id: 'company', kind: 'organization', name: 'ООО «Луг»', fullName: 'ООО «Луг»', kpp: '770401001' });
    const fieldsOf = (choices: Parameters<typeof mergeRows>[2]) => mergeRows([kept, company], 'kept', choices).map(({ field }) => field);
    expect(fieldsOf({})).not.toContain('kpp');
    expect(fieldsOf({ kind: 'company' })).toEqual(expect.arrayContaining(['kind', 'name', 'kpp']));
  });

  it('the command names of each discarded card only what is taken from it and differs', () => {
    expect(mergeInput([kept, double], 'kept', {})).toEqual({ id: 'kept', discarded: [{ id: 'double', edits: [{ path: 'inn', before: '', after: '500100732259' }] }] });
    expect(mergeInput([kept, double], 'kept', { inn: 'kept', middleName: 'double' }).discarded[0]?.edits).toEqual([{ path: 'middleName', before: 'Игоревна', after: '' }]);
    expect(mergeInput([kept, double], 'double', {})).toEqual({ id: 'double', discarded: [{ id: 'kept', edits: [{ path: 'middleName', before: '', after: 'Игоревна' }] }] });
  });

  it('a row that the kept card has already, in whatever spelling, is a double', () => {
    expect(unitedTexts('phones', [kept, double], 'kept').get('double')).toEqual([{ text: '8 (916) 204-18-55', double: true }, { text: '+7 495 123-45-67', double: false }]);
    expect(unitedTexts('phones', [kept, double], 'double').get('kept')).toEqual([{ text: '+7 916 204-18-55', double: true }]);
  });
});
