import { expect, it } from 'vitest';
import { clientSchema, type Client } from '../../shared/domain/client/model.ts';
import { apiDesk } from '../../tools/demo/api-desk.ts';
import { demoCommand } from '../../tools/demo/demo-data.ts';
import { answer, badge, choose, classify, contact, fill, goTo, openTab, pick, press, pressExactly, row, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { loginAs } from '../helpers/small-company.ts';
import type { Page } from 'playwright-core';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;
const question = 'Связать с контактом все письма от данного e-mail?';
const doubles = 'Найдены клиенты с такими же реквизитами';

const value = (page: Page, label: string): Promise<string> => visible(page.getByRole('textbox', { name: label, exact: true })).first().inputValue(patience);

/** Cards of that name at the centre. */
async function cardsAtCentre(name: string): Promise<readonly Client[]> {
  const desk = apiDesk(set.centre.url, 'Проверка карточек');
  const rows = await desk.pull(await loginAs(desk, 'belova'));
  return rows.filter(({ type }) => type === 'client').map(({ document }) => clientSchema.parse(document)).filter((client) => client.name === name);
}

/** The letter is taken, classified, and «Создать клиента» is pressed (2.6.6.1). */
async function createFrom(page: Page, subject: string): Promise<void> {
  await takeLetter(page, subject);
  await classify(page, 'От потребителя услуг', 'Письмо (текстовое)');
  await press(page, 'Сохранить');
  await press(page, 'Создать клиента');
  await badge(page, 'Новый').waitFor(patience);
}

it('2.6.6 a person: prefilled from the letter, the names follow the ФИО; «Да» ties this letter and the later ones, not the earlier', async () => {
  const { page } = set.desk('belova');
  const from = 'Дарья А. <arkhipova.dp@dom-mo.ru>';
  await writeToClients(set.centre, { from, subject: 'Опора, раньше', text: 'Здравствуйте.' });
  await row(page, 'Опора, раньше').waitFor(patience);
  await writeToClients(set.centre, { from, subject: 'Опора, сейчас', text: 'Прошу перенести опору.\n\nС уважением,\nАрхипова Дарья Петровна\nтел. 8 (925) 771-20-19\nАдрес: 141006, Московская обл., г. Мытищи, ул. Мира, д. 9' });
  await createFrom(page, 'Опора, сейчас');
  expect([await value(page, 'Фамилия'), await value(page, 'Имя'), await value(page, 'Отчество')]).toEqual(['Архипова', 'Дарья', 'Петровна']);
  expect([await value(page, 'Телефон'), await value(page, 'E-mail'), await value(page, 'Адрес')]).toEqual(['+7 925 771-20-19', 'arkhipova.dp@dom-mo.ru', '141006, Московская обл., г. Мытищи, ул. Мира, д. 9']);
  expect(await visible(page.getByText('Архипова Дарья Петровна', { exact: true })).count()).toBeGreaterThanOrEqual(2);

  await openTab(page, 'Контакты');
  await press(page, 'Телефон');
  await visible(page.getByLabel('Номер телефона', { exact: true })).last().fill('8 495 581 22 33');
  await openTab(page, 'Основные реквизиты');
  await pick(page, 'Пол', 'Женский');
  await fill(page, 'Дата рождения', '17.05.1981');
  await fill(page, 'ИНН', '502944771948');
  await press(page, 'Записать и закрыть');
  expect(await seen(visible(page.getByText('Последняя цифра ИНН не сходится с контрольной')).first())).toBe(true);
  await fill(page, 'ИНН', '502944771949');
  await press(page, 'Записать и закрыть');
  await answer(page, question, 'Да');
  await expect.poll(() => contact(page), patience).toBe('Архипова Дарья Петровна');

  await expect.poll(() => cardsAtCentre('Архипова Дарья Петровна'), patience).toMatchObject([{
    kind: 'person', fullName: 'Архипова Дарья Петровна', gender: 'female', birthDate: '1981-05-17', inn: '502944771949', phones: [{ e164: '+79257712019', main: true }, { e164: '+74955812233', main: false }], emails: [{ address: 'arkhipova.dp@dom-mo.ru' }],
  }]);
  await writeToClients(set.centre, { from, subject: 'Опора, позже', text: 'Жду ответа.' });
  await takeLetter(page, 'Опора, позже');
  await expect.poll(() => contact(page), patience).toBe('Архипова Дарья Петровна');
  await takeLetter(page, 'Опора, раньше');
  expect(await contact(page)).toBe('');
});

it('2.6.6 an organization: every wrong number is named; «Нет» ties this letter alone', async () => {
  const { page } = set.desk('belova');
  const from = 'Канцелярия <office@zarya-sever.ru>';
  await writeToClients(set.centre, { from, subject: 'Заявление Зари', text: 'Просим заключить договор.' });
  await createFrom(page, 'Заявление Зари');
  await visible(page.getByRole('radio', { name: 'Юридическое лицо' })).first().click();
  await press(page, 'Записать и закрыть');
  expect(await seen(visible(page.getByText('Заполните: Наименование')).first())).toBe(true);
  await fill(page, 'Наименование', 'ООО «Заря-Север»');
  expect(await value(page, 'Полное наименование')).toBe('ООО «Заря-Север»');
  await openTab(page, 'Основные реквизиты');
  for (const [label, wrong, right, rule] of [
    ['ИНН', '502944700', '5029447009', 'ИНН юридического лица состоит из 10 цифр'],
    ['КПП', '50290100', '502901001', /^КПП состоит из 9 знаков/],
    ['ОКПО', '77441106', '77441105', 'Последняя цифра ОКПО не сходится с контрольной'],
    ['ОГРН', '1235029114406', '1235029114407', 'Последняя цифра ОГРН не сходится с контрольной'],
  ] as const) {
    await fill(page, label, wrong);
    await press(page, 'Записать и закрыть');
    expect(await seen(visible(page.getByRole('alert').filter({ hasText: rule })).first())).toBe(true);
    await fill(page, label, right);
  }
  await press(page, 'Записать и закрыть');
  await answer(page, question, 'Нет');
  await expect.poll(() => contact(page), patience).toBe('ООО «Заря-Север»');
  await expect.poll(() => cardsAtCentre('ООО «Заря-Север»'), patience).toMatchObject([{ kind: 'organization', fullName: 'ООО «Заря-Север»', inn: '5029447009', kpp: '502901001', okpo: '77441105', ogrn: '1235029114407' }]);

  await writeToClients(set.centre, { from, subject: 'Заря, позже', text: 'Ещё письмо.' });
  await takeLetter(page, 'Заря, позже');
  await visible(page.getByRole('radio', { name: 'ООО «Заря-Север»' })).first().waitFor(patience); // possible, yet not chosen
  expect(await contact(page)).toBe('');
});

it('2.6.6 a double is found on writing: it is chosen, and the new card is not made', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Константин <kostya@mail-oblast.ru>', subject: 'Свет моргает', text: 'Проверьте линию.\n\nЛебедев Константин Олегович\nтел. 8-910-402-71-16' });
  await createFrom(page, 'Свет моргает');
  await press(page, 'Записать и закрыть');
  const dialog = page.getByRole('dialog', { name: doubles });
  const found = dialog.getByRole('row').filter({ hasText: 'Лебедев Константин Олегович' });
  for (const by of ['телефон', 'ФИО']) expect(await seen(found.getByText(by, { exact: true }))).toBe(true);
  await found.getByRole('radio').click();
  await answer(page, doubles, 'Выбрать');
  await answer(page, question, 'Да');
  await expect.poll(() => contact(page), patience).toBe('Лебедев Константин Олегович');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await expect.poll(async () => (await cardsAtCentre('Лебедев Константин Олегович')).length, patience).toBe(1);
});

it('2.6.6 off line: the card is written here at once and reaches the centre with its letter when the network is back', async () => {
  const desk = set.desk('belova');
  const { page } = desk;
  await writeToClients(set.centre, { from: 'Роман <zhdanov.rv@dom-mo.ru>', subject: 'Перенос счётчика', text: 'Прошу перенести.\n\nЖданов Роман Витальевич' });
  await goTo(page, 'Мои задачи');
  await row(page, 'Перенос счётчика').waitFor(patience);
  await desk.goOffline();
  await createFrom(page, 'Перенос счётчика');
  await pressExactly(page, 'Записать');
  await answer(page, question, 'Да');
  await badge(page, 'Клиент').waitFor(patience);
  expect(await seen(visible(page.getByText(/К отправке/)).first())).toBe(true);
  expect(await cardsAtCentre('Жданов Роман Витальевич')).toEqual([]);
  await desk.goOnline();
  await expect.poll(async () => (await cardsAtCentre('Жданов Роман Витальевич')).length, patience).toBe(1);
  await writeToClients(set.centre, { from: 'zhdanov.rv@dom-mo.ru', subject: 'Перенос, ещё раз', text: 'Когда?' });
  await takeLetter(page, 'Перенос, ещё раз');
  await expect.poll(() => contact(page), patience).toBe('Жданов Роман Витальевич');
});

it('2.6.6 «Основные реквизиты»: manager, contract and business region of an organization; the intermediary of a person; the date of registration by itself', async () => {
  const { page } = set.desk('belova');
  const [organization] = await cardsAtCentre('ООО «Заря-Север»');
  const contract = { id: 'contract-zarya', number: '77-41/2026', date: '2026-03-02', clientId: organization?.id ?? '' };
  const api = apiDesk(set.centre.url, 'Договоры');
  const administrator = await api.login(set.centre.administrator.login, set.centre.administrator.password);
  await api.run(administrator, [demoCommand('dictionary.write', contract.id, { type: 'contract', document: contract })]);

  await goTo(page, 'Клиенты');
  await row(page, 'Заря-Север').dblclick(patience);
  await openTab(page, 'Основные реквизиты');
  await choose(page, 'Основной менеджер', 'Сафина');
  await choose(page, 'Основной договор', '77-41/2026');
  await choose(page, 'Бизнес-регион', 'Север');
  expect(await seen(visible(page.getByText(/^\d\d\.\d\d\.\d{4} \d\d:\d\d$/)).first())).toBe(true);
  await press(page, 'Записать и закрыть');
  await expect.poll(() => cardsAtCentre('ООО «Заря-Север»'), patience).toMatchObject([{ managerId: 'employee-safina', contractId: contract.id, businessRegionId: 'business-region-north', registeredAt: expect.stringMatching(/^\d{4}-/) }]);

  await goTo(page, 'Клиенты');
  await row(page, 'Жданов').dblclick(patience);
  await openTab(page, 'Основные реквизиты');
  await choose(page, 'Посредник', 'Заря-Север');
  await press(page, 'Записать и закрыть');
  await expect.poll(() => cardsAtCentre('Жданов Роман Витальевич'), patience).toMatchObject([{ intermediaryId: organization?.id }]);
});
