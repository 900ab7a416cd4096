import { describe, expect, it } from 'vitest';
import { editsOf, isDirty, openConflicts, openForm, rebase, resolveConflicts, withValue } from '../../renderer/store/form-state.ts';

const card = { id: 'c', name: 'СНТ', inn: '5029048170', phones: [{ id: 'p1', typed: '+7 496 577-30-18' }, { id: 'p2', typed: '+7 903 512-66-41' }] };

describe('a form over a document that others change', () => {
  it('is dirty only while something differs', () => {
    const form = openForm(card, false);
    const typed = { ...form, values: { ...card, name: 'СНТ «Роща»' } };
    expect(isDirty(form)).toBe(false);
    expect(editsOf(typed)).toEqual([{ path: 'name', before: 'СНТ', after: 'СНТ «Роща»' }]);
    expect(isDirty({ ...typed, values: { ...typed.values, name: 'СНТ' } })).toBe(false);
  });

  it('takes silently what was not touched here, rows of tables too', () => {
    const typed = { ...openForm(card, false), values: withValue(card, 'phones.p1.typed', '+7 496 577-30-18', '+7 496 577-31-18') };
    const theirs = { ...card, inn: '7701', phones: [card.phones[0]!, { id: 'p2', typed: 'новый' }] };
    const merged = rebase(typed, theirs);
    expect(openConflicts(merged)).toEqual([]);
    expect(merged.values).toEqual({ ...card, inn: '7701', phones: [{ id: 'p1', typed: '+7 496 577-31-18' }, { id: 'p2', typed: 'новый' }] });
    expect(merged.arrived).toEqual(['inn', 'phones.p2.typed']);
    expect(editsOf(merged)).toEqual([{ path: 'phones.p1.typed', before: '+7 496 577-30-18', after: '+7 496 577-31-18' }]);
  });

  it('keeps what is typed in a field that both changed, and asks', () => {
    const typed = { ...openForm(card, false), values: { ...card, name: 'моё' } };
    const asked = rebase(typed, { ...card, name: 'записанное' });
    expect(asked.values.name).toBe('моё');
    expect(openConflicts(asked)).toEqual([{ path: 'name', before: 'СНТ', theirs: 'записанное', mine: 'моё' }]);
    // A second change of the same field keeps the oldest «было».
    expect(openConflicts(rebase(asked, { ...card, name: 'ещё раз' }))).toEqual([{ path: 'name', before: 'СНТ', theirs: 'ещё раз', mine: 'моё' }]);
    // The question stays while only other fields change, and goes when one types the written value.
    const other = rebase(asked, { ...card, name: 'записанное', inn: '1' });
    expect(openConflicts(other)).toHaveLength(1);
    expect(openConflicts({ ...other, values: { ...other.values, name: 'записанное' } })).toEqual([]);
  });

  it('writes over the present value once the user has chosen', () => {
    const asked = rebase({ ...openForm(card, false), values: { ...card, name: 'моё', inn: '1' } }, { ...card, name: 'записанное', inn: '2' });
    const chosen = resolveConflicts(asked, { name: 'mine', inn: 'theirs' });
    expect(openConflicts(chosen)).toEqual([]);
    expect(editsOf(chosen)).toEqual([{ path: 'name', before: 'записанное', after: 'моё' }]);
    expect(chosen.values.inn).toBe('2');
  });

  it('is clean after its own values were written', () => {
    const typed = { ...openForm(card, true), values: { ...card, name: 'новое' } };
    const written = rebase({ ...typed, base: typed.values, isNew: false }, typed.values);
    expect(isDirty(written)).toBe(false);
  });
});
