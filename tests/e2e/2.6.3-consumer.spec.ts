import { beforeAll, expect, it } from 'vitest';
import { categorize, classify, pick, press, seen, visible } from '../helpers/letter-road.ts';
import { classesOffered, field, fieldsOfClass, fromWhom, greyed, pressGreyed, takenBeforeColleague, told } from '../helpers/properties-tab.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova', 'kuznetsov');
const subject = 'Вопрос о присоединении';
const patience = { timeout: 60_000 } as const;

beforeAll(() => takenBeforeColleague(set, subject));

it('2.6.3 «От потребителя услуг»: the four classes of the list, each asks for «Контакт» and what is its own; the topic fills from the subtopic', async () => {
  const [page, other] = [set.desk('belova').page, set.desk('kuznetsov').page];
  await classify(page, 'Не от потребителя услуг', 'Факсограмма');
  await press(page, 'Сохранить');
  expect(await seen(told(page, 'Сохранить: сделано'))).toBe(true);
  await fromWhom(page, 'От потребителя услуг');
  await expect.poll(() => field(page, 'Классификация').inputValue()).toBe('');
  expect(await classesOffered(page)).toEqual(['Письмо (текстовое)', 'Письмо официальное', 'Акт сверки', 'Проверка подписки']);

  for (const classification of ['Акт сверки', 'Проверка подписки']) {
    await pick(page, 'Классификация', classification);
    await expect.poll(() => fieldsOfClass(page), patience).toEqual([]);
    expect([await greyed(page, 'Присвоить рег. номер'), await greyed(page, 'Создать обращение')]).toEqual([true, true]);
    await press(page, 'Переслать');
    expect(await seen(told(page, /^Заполните: Контакт$/))).toBe(true);
  }
  for (const classification of ['Письмо официальное', 'Письмо (текстовое)']) {
    await pick(page, 'Классификация', classification);
    await expect.poll(() => fieldsOfClass(page), patience).toEqual(['Вид', 'Категория', 'Подтема']);
    await press(page, 'Присвоить рег. номер');
    expect(await seen(told(page, 'Заполните: Контакт, Вид, Категория, Подтема'))).toBe(true);
  }
  expect(await greyed(page, 'Переслать')).toBe(true);
  await pressGreyed(page, 'Переслать');
  expect(await seen(told(page, /Для писем «Письмо \(текстовое\)» это действие не предусмотрено/))).toBe(true);

  expect(await seen(told(page, 'заполнится по подтеме'))).toBe(true);
  await categorize(page);
  await expect.poll(() => visible(page.getByText('Технологическое присоединение', { exact: true })).count(), patience).toBe(1);
  await press(page, 'Сохранить');
  await expect.poll(() => field(other, 'Классификация').inputValue(), patience).toBe('Письмо (текстовое)');
  expect(await field(other, 'Подтема').inputValue()).toContain('102 Статус заявки');
});
