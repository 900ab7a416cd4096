import { describe, expect, it } from 'vitest';
import { addressIn, applicationNumbersIn, clientPrefill, innsIn, ownText, personNameOf, phonesIn, readPersonName } from '../../../shared/domain/incoming-email/text-rules.ts';

const name = (lastName: string, firstName: string, middleName = '') => ({ lastName, firstName, middleName });

describe('2.6.6.2 what a letter tells', () => {
  it.each([
    ['Соколова Марина Игоревна', name('Соколова', 'Марина', 'Игоревна')],
    ['Марина Игоревна Соколова', name('Соколова', 'Марина', 'Игоревна')],
    ['Марина Соколова', name('Соколова', 'Марина')],
    ['Соколова Марина', name('Соколова', 'Марина')],
    ['Пётр Ильич', name('', 'Пётр', 'Ильич')],
    ['Анна-Мария Римская-Корсакова', name('Римская-Корсакова', 'Анна-Мария')],
  ])('2.6.6.2 %s', (text, expected) => expect(readPersonName(text)).toEqual(expected));
  it.each(['ООО «Сеть»', 'sokolova', 'Марина', 'Отдел продаж и сбыта', ''])('2.6.6.2 %j is no name', (text) => expect(readPersonName(text)).toBeNull());

  it('2.6.6.2 the full name of the signature is better than the sender’s two words', () => {
    expect(personNameOf({ from: { name: 'Марина Соколова', address: '' }, text: 'Добрый день!\n\nС уважением,\nСоколова Марина Игоревна' })).toEqual(name('Соколова', 'Марина', 'Игоревна'));
    expect(personNameOf({ from: { name: 'Марина Соколова', address: '' }, text: 'Добрый день!' })).toEqual(name('Соколова', 'Марина'));
    expect(personNameOf({ from: { name: 'Офис', address: '' }, text: '' })).toEqual(name('', ''));
  });

  it('2.6.4.3 quoted letters below are not the writer’s own', () => {
    const text = 'Мой телефон 8 916 204-18-55\n\n24.11.2026, КЦ <client@moesk.ru> пишет:\n> Наш телефон 8 800 220-0-220\n';
    expect(ownText(text)).not.toContain('220');
    expect(phonesIn(text)).toEqual(['+79162041855']);
  });

  it.each([
    ['ИНН 5036065113, КПП 503601001', ['5036065113']],
    ['инн/кпп: 5036065113/503601001', ['5036065113']],
    ['ИНН: 500100732259', ['500100732259']],
    ['ИНН 5036065114', []],
    ['счёт 5036065113', []],
  ])('2.6.6.2 ИНН in «%s»', (text, expected) => expect(innsIn(text)).toEqual(expected));

  it.each([
    ['по заявке И-26-00-418233/102 прошу', ['И-26-00-418233/102']],
    ['№и-25-01-000123, С8-26-00-1', ['И-25-01-000123']],
    ['И-26-00-418233/102 и И-26-00-418233/102', ['И-26-00-418233/102']],
    ['КП-26-00001842, дом 12-26-00-418233', []],
  ])('2.6.4.3 applications in «%s»', (text, expected) => expect(applicationNumbersIn(text)).toEqual(expected));

  it.each([
    ['Здравствуйте!\nАдрес объекта: МО, г. Пушкино, ул. Лесная, д. 7\nСпасибо', 'МО, г. Пушкино, ул. Лесная, д. 7'],
    ['Живу здесь:\n141000, Московская обл., г. Мытищи, ул. Мира, д. 5, кв. 12', '141000, Московская обл., г. Мытищи, ул. Мира, д. 5, кв. 12'],
    ['Прошу ответить по д. 5', ''],
  ])('2.6.6.2 the address in «%s»', (text, expected) => expect(addressIn(text)).toBe(expected));

  it('2.6.6.2 «Создать клиента» is prefilled with all of it', () => {
    expect(clientPrefill({ from: { name: 'Марина Соколова', address: 'm@x.ru' }, text: 'ИНН 500100732259\nАдрес: г. Пушкино, ул. Лесная, д. 7\n8 916 204-18-55' })).toEqual({
      ...name('Соколова', 'Марина'), phones: ['+79162041855'], emails: ['m@x.ru'], inn: '500100732259', address: 'г. Пушкино, ул. Лесная, д. 7',
    });
  });

  it('2.6.4.3 a text built to slow the search down is read in good time', () => {
    const hostile = [`${'а '.repeat(50_000)}`, `${'От: '.repeat(20_000)}`, '8'.repeat(100_000), `${'И-'.repeat(50_000)}`, ' '.repeat(100_000), `${'А'.repeat(100_000)}`];
    const began = performance.now();
    for (const text of hostile) clientPrefill({ from: { name: text, address: 'a@b.ru' }, text });
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
