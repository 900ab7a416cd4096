import { expect, it } from 'vitest';
import { refusal } from '../../shared/base/errors.ts';
import { refusedText } from '../../renderer/store/refused.ts';

const take = { title: 'Принять в работу', refusal: refusal('alreadyTaken', { name: 'Белова И. С.', at: '11:40' }) };
const save = { title: 'Сохранить', refusal: refusal('notInWork') };

it('says what was refused, why, and where the typing is', () => {
  expect(refusedText([take])).toBe('Центр не принял команду «Принять в работу»: Письмо уже принято в работу: Белова И. С., 11:40. Введённое сохранено в «Разобрать»');
});

it('of several names the oldest: the others follow from it', () => {
  expect(refusedText([save, take])).toBe('Центр не принял 2 команды, первую «Принять в работу»: Письмо уже принято в работу: Белова И. С., 11:40. Введённое сохранено в «Разобрать»');
  expect(refusedText([])).toBeNull();
});
