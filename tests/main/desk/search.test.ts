import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { searchHere } from '../../../main/desk/search.ts';
import { listPage } from '../../../main/db/list-query.ts';
import { searchAnswerSchema, type SearchAnswer } from '../../../shared/protocol/search.ts';
import type { Client } from '../../../shared/domain/client/model.ts';
import { aClient, anAppeal, anApplication, anIncomingEmail, anOutgoingEmail, aTask } from '../../helpers/builders.ts';
import { filledDesk } from '../desk-kit.ts';

function person(id: string, name: string, given: Partial<Client> = {}): Client {
  const [lastName = '', firstName = '', middleName = ''] = name.split(' ');
  return aClient({ id, lastName, firstName, middleName, name, fullName: name, phones: [], emails: [], addresses: [], inn: '', ogrn: '', ...given });
}

function company(id: string, name: string, given: Partial<Client> = {}): Client {
  return person(id, name, { kind: 'organization', lastName: '', firstName: '', middleName: '', ...given });
}

function phone(typed: string, e164: string | null): Client['phones'][number] {
  return { id: typed, kind: 'Мобильный', typed, e164, comment: '', main: false };
}

function address(text: string): Client['addresses'][number] {
  return { id: text, kind: 'Адрес', text, comment: '', main: false };
}

const filled = filledDesk((centre) => {
  centre.put('client', person('sokolova', 'Соколова Марина Игоревна', {
    phones: [phone('+7 916 204-18-55', '+79162041855'), phone('8 (495) 580-11-22', '+74955801122')], emails: [{ id: 'e', address: 'm.sokolova@pochta-mo.ru', comment: '', main: true }],
    addresses: [address('141000, Московская обл., г. о. Мытищи, д. Беляниново, ул. Центральная, д. 14, корп. 2, кв. 7')], inn: '502901234567',
  }));
  centre.put('client', person('ivanov', 'Иванов Пётр Сергеевич', { phones: [phone('8-903-555-01-02', '+79035550102')], addresses: [address('г. Клин, пр-т Ленина, д.5к2')] }));
  centre.put('client', person('lazareva', 'Лазарева Юлия Игоревна'));
  centre.put('client', person('lazarev', 'Лазарев Юрий Андреевич'));
  centre.put('client', person('elkin', 'Ёлкин Фёдор Ильич'));
  centre.put('client', person('double', 'Петрова-Водкина Анна Олеговна'));
  centre.put('client', person('shahbazyan', 'Шахбазян Карине Размиковна'));
  centre.put('client', person('gavrilyuk', 'Гаврилюк Дмитрий Ильич'));
  centre.put('client', person('obrien', "О'Брайен Ольга Львовна"));
  centre.put('client', company('romashka', 'ООО «Ромашка-2000» (бывш. "Лютик")', { inn: '5029123456', ogrn: '1025003512345', addresses: [address('109012, г. Москва, ул. 8 Марта, д. 12А, стр. 3')] }));
  centre.put('client', company('electro', 'АО «Электросетьстрой»'));
  centre.put('client', person('kept', 'Королёва Анна Львовна', { phones: [phone('89161112233', '+79161112233')] }));
  centre.put('client', person('merged', 'Королева А.Л.', { aliasOf: 'kept', phones: [phone('89169998877', '+79169998877')] }));
  centre.put('client', person('gone', 'Удалёнов Иван Иванович', { deleted: true }));
  centre.put('application', anApplication({ id: 'application', number: 'И-26-00-418233/102', applicantName: 'Соколова Марина Игоревна', objectName: 'Жилой дом', address: 'Московская обл., д. Беляниново, уч. 17', cadastralNumber: '50:12:0012345:678' }));
  centre.put('appeal', anAppeal({ id: 'appeal', number: 'ОБ-26-00077123', barcode: '5021000012345678', internetCardNumber: 'КП-26-00001842', objectName: 'Жилой дом', address: '', phone: '', email: '' }));
  centre.put('incomingEmail', anIncomingEmail({ id: 'incoming', number: 'КП-26-00001842', subject: 'Сроки по договору: скачки напряжения', from: { name: 'Марина С.', address: 'm.sokolova@pochta-mo.ru' } }));
  centre.put('outgoingEmail', anOutgoingEmail({ id: 'outgoing', subject: 'Ответ на обращение', to: [{ name: 'Тихомирова Анна', address: 'tihomirova@yandex.ru' }] }));
  centre.put('task', aTask({ id: 'task', fromName: 'Марина С.', subject: 'Скачки напряжения' }));
});

const search = (text: string): SearchAnswer => searchAnswerSchema.parse(searchHere(filled.desk.files.base.cache, text));
const rows = (text: string) => search(text).groups.flatMap(({ type, rows: found }) => found.map((row) => ({ type, ...row })));
const ids = (text: string, type = 'client') => rows(text).filter((row) => row.type === type).map(({ id }) => id);
/** The marked part of the first row. */
const marked = (text: string, type = 'client') => {
  const row = rows(text).find((found) => found.type === type);
  return row === undefined ? null : [row.matched.place, ...row.matched.ranges.map(([start, end]) => row.matched.text.slice(start, end))];
};

describe('the single window finds a client', () => {
  it.each<readonly [what: string, typed: string, id: string, marked: readonly string[]]>([
    ['by the beginning of a surname', 'сокол', 'sokolova', ['ФИО', 'Сокол']],
    ['in capitals', 'СОКОЛОВА', 'sokolova', ['ФИО', 'Соколова']],
    ['by surname and name', 'соколова марина', 'sokolova', ['ФИО', 'Соколова', 'Марина']],
    ['in another order', 'марина сокол', 'sokolova', ['ФИО', 'Сокол', 'Марина']],
    ['with initials', 'Соколова М.И.', 'sokolova', ['ФИО', 'Соколова', 'М', 'И']],
    ['ё as е', 'елкин федор', 'elkin', ['ФИО', 'Ёлкин', 'Фёдор']],
    ['by a double surname', 'Петрова-Водкина', 'double', ['ФИО', 'Петрова', 'Водкина']],
    ['by a double surname without its hyphen', 'петрова водкина', 'double', ['ФИО', 'Петрова', 'Водкина']],
    ['by its second half', 'водкина', 'double', ['ФИО', 'Водкина']],
    ['by an apostrophe', "о'брайен", 'obrien', ['ФИО', 'О', 'Брайен']],
    ['by a part inside the surname', 'хбазя', 'shahbazyan', ['ФИО', 'хбазя']],
    ['by a part inside an organization', 'сетьстрой', 'electro', ['Наименование', 'сетьстрой']],
    ['in quotes and brackets', 'ООО "Ромашка-2000" (', 'romashka', ['Наименование', 'ООО', 'Ромашка', '2000']],
    ['inside brackets', '(бывш. "лютик")', 'romashka', ['Наименование', 'бывш', 'Лютик']],
    ['with a colon', 'Соколова: Марина', 'sokolova', ['ФИО', 'Соколова', 'Марина']],
    ['with an asterisk and a percent', '%соколова*', 'sokolova', ['ФИО', 'Соколова']],
    ['in the wrong keyboard layout', 'cjrjkjdf', 'sokolova', ['ФИО', 'Соколова']],
    ['with signs that are letters on the other keyboard', '`krby', 'elkin', ['ФИО', 'Ёлкин']],
    ['half in the wrong layout', 'соколова vfhbyf', 'sokolova', ['ФИО', 'Соколова', 'Марина']],
    ['transliterated', 'Shakhbazyan', 'shahbazyan', ['ФИО', 'Шахбазян']],
    ['transliterated, with -y', 'gavrilyuk dmitry', 'gavrilyuk', ['ФИО', 'Гаврилюк', 'Дмитрий']],
    ['with a Latin letter that looks Russian', 'Cоколовa', 'sokolova', ['ФИО', 'Соколова']],
    ['by a phone as stored', '+7 916 204-18-55', 'sokolova', ['Телефон', '916 204-18-55']],
    ['by a phone with 8', '8(916)2041855', 'sokolova', ['Телефон', '916 204-18-55']],
    ['by a phone with dots', '8.916.204.18.55', 'sokolova', ['Телефон', '916 204-18-55']],
    ['by ten digits', '9162041855', 'sokolova', ['Телефон', '916 204-18-55']],
    ['by a phone with words', 'тел. 8-916-204-18-55', 'sokolova', ['Телефон', '916 204-18-55']],
    ['by a phone with 007', '007 916 204 18 55', 'sokolova', ['Телефон', '916 204-18-55']],
    ['by the end of a phone', '204-18-55', 'sokolova', ['Телефон', '204-18-55']],
    ['by the last four digits', '1855', 'sokolova', ['Телефон', '18-55']],
    ['by the beginning of a phone', '+7 916 204', 'sokolova', ['Телефон', '916 204']],
    ['by the second phone', '4955801122', 'sokolova', ['Телефон', '495) 580-11-22']],
    ['by surname and phone', 'соколова 204-18-55', 'sokolova', ['Телефон', '204-18-55']],
    ['by e-mail', 'm.sokolova@pochta-mo.ru', 'sokolova', ['E-mail', 'm.sokolova@pochta-mo.ru']],
    ['by e-mail in capitals', 'M.Sokolova@', 'sokolova', ['E-mail', 'm.sokolova@']],
    ['by e-mail in angle brackets', '<m.sokolova@pochta-mo.ru>', 'sokolova', ['E-mail', 'm.sokolova@pochta-mo.ru']],
    ['by e-mail in the Russian layout', 'ьюыщлщдщмф"зщсреф-ьщюкг', 'sokolova', ['E-mail', 'm.sokolova@pochta-mo.ru']],
    ['by ИНН', '5029123456', 'romashka', ['ИНН', '5029123456']],
    ['by ИНН with its name', 'ИНН: 5029123456', 'romashka', ['ИНН', '5029123456']],
    ['by ИНН with blanks', '5029 1234 56', 'romashka', ['ИНН', '5029123456']],
    ['by the end of ИНН', '123456', 'romashka', ['ИНН', '123456']],
    ['by the beginning of ИНН', '50291234', 'romashka', ['ИНН', '50291234']],
    ['by ОГРН', 'ОГРН 1025003512345', 'romashka', ['ОГРН', '1025003512345']],
    ['by address', 'беляниново центральная 14', 'sokolova', ['Адрес', 'Беляниново', 'Центральная', '14']],
    ['by address with abbreviations', 'д. Беляниново, ул. Центральная, д. 14, корп. 2', 'sokolova', ['Адрес', '2', 'Беляниново', 'Центральная', '14']],
    ['by address with whole words', 'деревня Беляниново улица Центральная дом 14 корпус 2 квартира 7', 'sokolova', ['Адрес', 'Беляниново', 'Центральная', '14', '2', '7']],
    ['by address glued', 'клин ленина д5к2', 'ivanov', ['Адрес', 'Клин', 'Ленина', '5', '2']],
    ['by address stored glued', 'проспект Ленина, дом 5, корпус 2', 'ivanov', ['Адрес', 'Ленина', '5', '2']],
    ['by address with стр.', 'улица 8 марта 12а строение 3', 'romashka', ['Адрес', '8', 'Марта', '12А', '3']],
    ['by a postcode', '109012', 'romashka', ['Адрес', '109012']],
  ])('%s: %s', (_, typed, id, expected) => {
    expect(ids(typed)[0]).toBe(id);
    const found = marked(typed);
    expect([found?.[0], ...(found ?? []).slice(1).toSorted()]).toEqual([expected[0], ...expected.slice(1).toSorted()]);
  });
});

describe('the single window finds what concerns clients', () => {
  it.each<readonly [what: string, typed: string, type: string, id: string, marked: readonly string[]]>([
    ['an application by its number', 'И-26-00-418233/102', 'application', 'application', ['Номер', '26-00-418233/102']],
    ['an application by the number inside', '418233', 'application', 'application', ['Номер', '418233']],
    ['an application by the beginning of its number', 'И-26-00-4182', 'application', 'application', ['Номер', '26-00-4182']],
    ['an application by its number in the other layout', 'B-26-00-418233', 'application', 'application', ['Номер', '26-00-418233']],
    ['an application by its applicant', 'соколова', 'application', 'application', ['Заявитель', 'Соколова']],
    ['an application by its object', 'жилой дом беляниново', 'application', 'application', ['Адрес объекта', 'Беляниново']],
    ['an application by its plot', 'беляниново уч 17', 'application', 'application', ['Адрес объекта', 'Беляниново', '17']],
    ['an application by its cadastral number', '50:12:0012345:678', 'application', 'application', ['Кадастровый номер', '50:12:0012345:678']],
    ['an appeal by its barcode', '5021000012345678', 'appeal', 'appeal', ['Штрихкод', '5021000012345678']],
    ['an appeal by the end of its barcode', '45678', 'appeal', 'appeal', ['Штрихкод', '45678']],
    ['an appeal by its number without zeros', 'ОБ-26-77123', 'appeal', 'appeal', ['Номер', '26', '00077123']],
    ['a letter by its number', 'КП-26-00001842', 'incomingEmail', 'incoming', ['Номер', '26-00001842']],
    ['a letter by the end of its number', '1842', 'incomingEmail', 'incoming', ['Номер', '00001842']],
    ['a letter by its number without zeros', 'КП-26-1842', 'incomingEmail', 'incoming', ['Номер', '26', '00001842']],
    ['a letter by its number in the other layout', 'RG-26-00001842', 'incomingEmail', 'incoming', ['Номер', '26-00001842']],
    ['a letter by its subject', 'сроки: договор', 'incomingEmail', 'incoming', ['Тема', 'Сроки', 'договор']],
    ['a letter by its address', 'm.sokolova@pochta-mo.ru', 'incomingEmail', 'incoming', ['E-mail', 'm.sokolova@pochta-mo.ru']],
    ['a sent letter by its address', 'tihomirova@ya', 'outgoingEmail', 'outgoing', ['E-mail', 'tihomirova@ya']],
    ['a sent letter by its addressee', 'тихомирова', 'outgoingEmail', 'outgoing', ['Кому', 'Тихомирова']],
    ['a task by its subject', 'скачки напр', 'task', 'task', ['Тема', 'Скачки', 'напр']],
  ])('%s: %s', (_, typed, type, id, expected) => {
    expect(ids(typed, type)).toContain(id);
    expect(marked(typed, type)).toEqual(expected);
  });
});

describe('the answer of the single window', () => {
  it('says what was read instead of what was typed', () => {
    expect(search('cjrjkjdf').understood).toBe('соколова');
    expect(search('Shakhbazyan').understood).toBe('шахбазян');
    expect(search('соколова').understood).toBeNull();
    expect(search('такого нет нигде').understood).toBeNull();
  });

  it('offers a slip of the keyboard after the exact ones, as similar', () => {
    const similar = (text: string) => rows(text).filter((row) => row.similar).map(({ id }) => id);
    for (const slip of ['саколова', 'соклоова', 'соколва', 'сокколова', 'сокалова марина']) expect(similar(slip)).toEqual(['sokolova']);
    expect(similar('шахбазан карине')).toEqual(['shahbazyan']);
    expect(similar('rjhjkbdf')).toEqual(['kept']); // «королива» on the other keyboard
    expect(similar('кузнецов')).toEqual([]);
    expect(ids('лазарева')).toEqual(['lazareva', 'lazarev']); // the slip that finds his name finds hers again
    expect(marked('саколова')).toEqual(['ФИО', 'Соколова']);
    expect(rows('соколова').find((row) => row.id === 'sokolova')?.similar).toBe(false);
    expect(similar('9162041856')).toEqual([]);
  });

  it('shows a merged card as the one it became, with what was found in the old one', () => {
    expect(ids('89169998877')).toEqual(['kept']);
    expect(marked('89169998877')).toEqual(['Телефон', '9169998877']);
    expect(rows('89169998877')[0]?.title).toBe('Королёва Анна Львовна');
    expect(ids('королева')).toEqual(['kept']);
  });

  it('leaves out what is marked deleted', () => {
    expect(ids('удаленов')).toEqual([]);
  });

  it('shows the phone and the address of a client, the state and time of a document', () => {
    expect(rows('ромашка')[0]).toMatchObject({ title: 'ООО «Ромашка-2000» (бывш. "Лютик")', detail: '109012, г. Москва, ул. 8 Марта, д. 12А, стр. 3', at: null, state: '' });
    expect(rows('418233').find(({ type }) => type === 'application')).toMatchObject({ title: 'Заявка И-26-00-418233/102', state: 'Выполнение мероприятий', at: '2026-06-03T08:00:00.000Z' });
  });

  it('groups in a fixed order and never says an empty group', () => {
    expect(search('соколова').groups.map(({ type }) => type)).toEqual(['client', 'application']);
    expect(search('нет такого').groups).toEqual([]);
    expect(search('').groups).toEqual([]);
    expect(search(' \u200b«».-').groups).toEqual([]);
  });

  it('never fails, whatever is typed', () => {
    const pieces = fc.constantFrom('"', "'", '*', '(', ')', ':', '^', '-', 'OR', 'AND', 'NOT', 'NEAR(', '%', '_', '\\', '\0', '@', '+7', '8', '916', 'ё', 'Ё', 'д.', 'ул', 'КП-', '26', '00001842', '\ud800', 'и\u0306', '\u00ad', '🙂', 'İ', 'ß', 'соколова', 'cjrjkjdf', 'ромашка', '{', '}', '<', '>', ';', '--', 'ⅷ', '٣', '²', '\u{1e4f0}', 'соко\u{10d70}лова', '\u{1c89}');
    const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 200 }), fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join(' ').slice(0, 200)), fc.array(pieces, { maxLength: 20 }).map((parts) => parts.join('').slice(0, 200)));
    fc.assert(
      fc.property(text, (typed) => {
        for (const { matched } of rows(typed)) {
          let last = 0;
          for (const [start, end] of matched.ranges) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(end).toBeGreaterThan(start);
            last = end;
          }
          expect(last).toBeLessThanOrEqual(matched.text.length);
        }
        listPage(filled.desk.files.base.cache, { type: 'client', where: [], anyOf: [], search: typed, sort: [], offset: 0, limit: 10 });
      }),
      { numRuns: 250 },
    );
  });
});

describe('the quick search of lists', () => {
  const found = (type: string, text: string) => listPage(filled.desk.files.base.cache, { type, where: [], anyOf: [], search: text, sort: [], offset: 0, limit: 10 }).rows.map(({ document }) => document['id']);

  it('understands a phone in any spelling, a number by its end, an address with its abbreviations', () => {
    expect(found('client', '8 (916) 204-18-55')).toEqual(['sokolova']);
    expect(found('incomingEmail', '1842')).toEqual(['incoming']);
    expect(found('client', 'улица Центральная дом 14')).toEqual(['sokolova']);
    expect(found('client', 'соколова 204-18-55')).toEqual(['sokolova']);
  });

  it('follows a changed card', () => {
    expect(found('client', '5550102')).toEqual(['ivanov']);
    filled.centre.put('client', person('ivanov', 'Иваненко Пётр Сергеевич', { phones: [phone('8-903-777-01-02', '+79037770102')] }));
  });
});

describe('after a card was changed', () => {
  it('it is found by what it says now, and by nothing it said before', async () => {
    await filled.desk.sync();
    expect(ids('иваненко')).toEqual(['ivanov']);
    expect(ids('9035550102')).toEqual([]);
    expect(ids('9037770102')).toEqual(['ivanov']);
    expect(rows('иванов').filter(({ id }) => id === 'ivanov').every((row) => row.similar)).toBe(true);
  });
});
