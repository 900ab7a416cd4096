import { expect, it } from 'vitest';
import { badge, press, row, seen, visible, writeToClients } from '../helpers/letter-road.ts';
import { field, greyed, pressGreyed, told } from '../helpers/properties-tab.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova', 'kuznetsov');
const subject = 'Приглашение на совещание';
const patience = { timeout: 60_000 } as const;

it('2.6.1 the letter is read by anyone who works on letters; nothing can be filled or pressed but «Принять в работу» and «Спам» until it is his', async () => {
  const [page, other] = [set.desk('belova').page, set.desk('kuznetsov').page];
  await writeToClients(set.centre, { from: 'Неизвестный <novy@pochta-mo.ru>', subject, text: 'Ждём вас в четверг.', attachments: [{ filename: 'Повестка.txt', content: 'повестка' }] });
  for (const desk of [page, other]) {
    await row(desk, subject).click(patience);
    await press(desk, 'Открыть');
    expect(await seen(told(desk, 'Ждём вас в четверг.'))).toBe(true);
    expect(await seen(told(desk, 'Повестка.txt'))).toBe(true);
  }
  for (const name of ['Присвоить рег. номер', 'Создать обращение', 'Сохранить', 'Переслать', 'Ответить']) expect([name, await greyed(page, name)]).toEqual([name, true]);
  for (const name of ['Принять в работу', 'Спам']) expect([name, await greyed(page, name)]).toEqual([name, false]);
  await pressGreyed(page, 'Переслать');
  expect(await seen(told(page, 'Письмо не в работе у вас. Сначала нажмите «Принять в работу».'))).toBe(true);
  const consumer = visible(page.getByRole('radio', { name: 'От потребителя услуг', exact: true })).first();
  await consumer.click({ ...patience, force: true });
  expect(await consumer.getAttribute('aria-checked')).toBe('false');

  await press(page, 'Принять в работу');
  await badge(other, 'В работе').waitFor(patience);
  for (const name of ['Принять в работу', 'Присвоить рег. номер', 'Создать обращение', 'Сохранить', 'Переслать', 'Ответить', 'Спам']) expect([name, await greyed(other, name)]).toEqual([name, true]);
  await pressGreyed(other, 'Принять в работу');
  expect(await seen(told(other, 'Письмо в работе у другого сотрудника'))).toBe(true);
  for (const name of ['Сохранить', 'Ответить', 'Спам']) expect([name, await greyed(page, name)]).toEqual([name, false]);
  expect(await field(page, 'Классификация').getAttribute('readonly')).not.toBeNull();
});
