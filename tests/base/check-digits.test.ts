import { describe, expect, it } from 'vitest';
import { innProblem, kppProblem, ogrnProblem, okpoProblem } from '../../shared/base/check-digits.ts';

const person = 'person';
const organization = 'organization';

describe('2.6.6.7 check digits', () => {
  it.each([
    [innProblem('5036065113', organization), null],
    [innProblem('5036065114', organization), 'Последняя цифра ИНН не сходится с контрольной'],
    [innProblem('500100732259', person), null],
    [innProblem('500100732258', person), 'Последняя цифра ИНН не сходится с контрольной'],
    [innProblem('500100732249', person), 'Предпоследняя цифра ИНН не сходится с контрольной'],
    [innProblem('5036065113', person), 'ИНН физического лица состоит из 12 цифр'],
    [innProblem('50360651a3', organization), 'ИНН юридического лица состоит из 10 цифр'],
    [ogrnProblem('1057746555811', organization), null],
    [ogrnProblem('1057746555812', organization), 'Последняя цифра ОГРН не сходится с контрольной'],
    [ogrnProblem('304500116000157', person), null],
    [ogrnProblem('304500116000158', person), 'Последняя цифра ОГРНИП не сходится с контрольной'],
    [ogrnProblem('1057746555811', person), 'ОГРНИП состоит из 15 цифр'],
    [okpoProblem('00032537', organization), null],
    [okpoProblem('00032538', organization), 'Последняя цифра ОКПО не сходится с контрольной'],
    [okpoProblem('0003253', organization), 'ОКПО состоит из 8 цифр'],
    [okpoProblem('0003253700', person), 'Последняя цифра ОКПО не сходится с контрольной'],
    [kppProblem('503601001'), null],
    [kppProblem('5036AZ001'), null],
    [kppProblem('5036az001'), 'КПП состоит из 9 знаков: 4 цифры, 2 цифры или заглавные латинские буквы, 3 цифры'],
  ])('2.6.6.7 %s is %s', (problem, expected) => expect(problem).toBe(expected));
});
