import { beforeAll, expect, it } from 'vitest';
import { classify, fill, pick, press, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { classesOffered, field, fieldsOfClass, fromWhom, greyed, shown, takenBeforeColleague, told } from '../helpers/properties-tab.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova', 'kuznetsov');
const subject = 'Приглашение на совещание';
const patience = { timeout: 60_000 } as const;

beforeAll(() => takenBeforeColleague(set, subject));

it('2.6.2 «Не от потребителя услуг»: the five classes of the list, «Контакт» is not filled, each class asks for what is its own', async () => {
  const [page, other] = [set.desk('belova').page, set.desk('kuznetsov').page];
  await fromWhom(page, 'Не от потребителя услуг');
  expect(await classesOffered(page)).toEqual(['Факсограмма', 'Протокол', 'Факсограмма + Протокол', 'Письмо официальное', 'Акт сверки']);
  expect(await shown(page, 'Контакт')).toBe(0);
  expect(await seen(told(page, 'не заполняется: письмо не от потребителя услуг'))).toBe(true);

  const asked: Readonly<Record<string, readonly string[]>> = {
    Факсограмма: ['Подписант', 'Время совещания'],
    Протокол: [],
    'Факсограмма + Протокол': ['Подписант', 'Время совещания'],
    'Письмо официальное': ['Вид', 'Категория', 'Подтема'],
    'Акт сверки': [],
  };
  for (const [classification, labels] of Object.entries(asked)) {
    await field(page, 'Классификация').click(patience);
    await visible(page.getByRole('option', { name: classification, exact: true })).click(patience);
    await expect.poll(() => fieldsOfClass(page), patience).toEqual(labels);
    expect([classification, await greyed(page, 'Присвоить рег. номер'), await greyed(page, 'Создать обращение'), await greyed(page, 'Переслать')]).toEqual([classification, true, true, false]);
    if (labels.length > 0) {
      await press(page, 'Переслать');
      expect(await seen(told(page, `Заполните: ${labels.join(', ')}`))).toBe(true);
    }
  }

  await pick(page, 'Классификация', 'Факсограмма');
  await fill(page, 'Подписант', 'Петров П. П.');
  await fill(page, 'Время совещания', '26.11 10:00');
  await press(page, 'Сохранить');
  await expect.poll(() => field(other, 'Классификация').inputValue(), patience).toBe('Факсограмма');
  expect(await visible(other.getByLabel('Подписант', { exact: true })).first().inputValue()).toBe('Петров П. П.');
});

it('2.6.2 a letter with a known client loses him when it turns out not to be from a consumer', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Гаврилюк Олег <gavrilyuk.op@pochta-mo.ru>', subject: 'Протокол приёмки', text: 'Высылаю.' });
  await takeLetter(page, 'Протокол приёмки');
  await expect.poll(() => field(page, 'Контакт').inputValue(), patience).toContain('Гаврилюк Олег Петрович');
  await classify(page, 'Не от потребителя услуг', 'Протокол');
  await press(page, 'Сохранить');
  expect(await seen(told(page, 'Сохранить: сделано'))).toBe(true);
  await fromWhom(page, 'От потребителя услуг');
  await press(page, 'Сохранить');
  await expect.poll(() => field(page, 'Контакт').inputValue(), patience).toContain('Гаврилюк Олег Петрович');
});
