import { expect, it } from 'vitest';
import { assignNumber, consumer, lettersWith, takeTextLetter, writeAppeal } from '../helpers/appeal-road.ts';
import { badge, goTo, row, seen, takeLetter, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const patience = { timeout: 90_000 } as const;

/** How often АС ФЭУ registered something since `before`, and what it was. */
async function registeredSince(before: number) {
  const all = await set.emulator.registrations();
  return all.slice(before);
}

/** The procedure from the letter to «Записать» while АС ФЭУ is as it is; answers the letter's number. */
async function throughTheProcedure(subject: string): Promise<string> {
  const { page } = set.desk('belova');
  await takeTextLetter(page, set.centre, subject);
  const number = await assignNumber(page);
  await writeAppeal(page);
  return number;
}

/** АС ФЭУ has one registration more, and the notice with its number left once. */
async function registeredOnce(before: number): Promise<void> {
  const { page } = set.desk('belova');
  await badge(page, 'Подготовка ответа').waitFor(patience);
  const [registration, ...more] = await registeredSince(before);
  expect(more).toEqual([]);
  if (registration === undefined) throw new Error('Обращение не зарегистрировано');
  expect(await seen(visible(page.getByText(registration.number)).first())).toBe(true);
  await untilSent(set.centre, consumer.address, registration.number);
  expect(await lettersWith(set.centre, consumer.address, registration.number)).toHaveLength(1);
}

it('2.10.1 АС ФЭУ is down: the appeal is written, the window says what it waits for, the work goes on', async () => {
  const { page } = set.desk('belova');
  await set.emulator.kill9();
  expect(await seen(page.getByRole('contentinfo').getByText(/^АС ФЭУ: не отвечает с/))).toBe(true);

  const number = await throughTheProcedure('Скачки напряжения');
  expect(await seen(badge(page, 'Ожидает регистрации'))).toBe(true);
  expect(await seen(visible(page.getByText(/^АС ФЭУ ещё не зарегистрировала обращение: Нет связи с АС ФЭУ/)).first())).toBe(true);

  await untilSent(set.centre, consumer.address, number);
  expect(await lettersWith(set.centre, consumer.address, number)).toHaveLength(1);
  await goTo(page, 'Мои задачи');
  await expect.poll(() => visible(page.getByRole('row').filter({ hasText: 'Скачки напряжения' })).count(), patience).toBe(0);
  expect(await visible(page.getByText('Подготовка ответа')).count()).toBe(0);

  await writeToClients(set.centre, { from: consumer.from, subject: 'Следующее письмо', text: 'Работа продолжается.' });
  await takeLetter(page, 'Следующее письмо');
});

it('2.10.1 АС ФЭУ is back: registered once, the second auto-reply leaves once, the task at point 1 is made', async () => {
  const { page } = set.desk('belova');
  await goTo(page, 'Обращения');
  await row(page, 'Ожидает регистрации').dblclick(patience);
  await badge(page, 'Ожидает регистрации').waitFor(patience);

  await set.emulator.revive();
  await registeredOnce(0);
  expect(await visible(page.getByText(/^АС ФЭУ ещё не зарегистрировала обращение/)).count()).toBe(0);
  expect(await seen(page.getByRole('contentinfo').getByText(/АС ФЭУ.*: работа/))).toBe(true);
  await goTo(page, 'Мои задачи');
  expect(await seen(visible(page.getByText('Подготовка ответа')).first())).toBe(true);
  expect(await seen(row(page, 'Обращение ОБ-'))).toBe(true);
});

it('2.10.1 АС ФЭУ registers and its answer is lost: it is asked before it is told again, even if it knows no keys', async () => {
  const before = (await set.emulator.registrations()).length;
  await set.emulator.misbehave({ loseAnswers: 1, forgetKeys: true });
  await throughTheProcedure('Ответ потерян');
  await registeredOnce(before);
});

it('2.10.1 АС ФЭУ is slow and answers twice: registered once', async () => {
  const before = (await set.emulator.registrations()).length;
  await set.emulator.misbehave({ slow: 1500, answerTwice: true });
  await throughTheProcedure('Медленный ответ');
  expect(await seen(badge(set.desk('belova').page, 'Ожидает регистрации'))).toBe(true);
  await registeredOnce(before);
});

it('2.10.1 АС ФЭУ says «later» for a while, and the centre is killed meanwhile: registered once', async () => {
  const before = (await set.emulator.registrations()).length;
  await set.emulator.misbehave({ failAlways: true });
  await throughTheProcedure('Регламентные работы');
  expect(await seen(visible(set.desk('belova').page.getByText(/Ведутся регламентные работы/)).first())).toBe(true);
  await set.centre.kill9();
  await set.emulator.misbehave({});
  await set.centre.start();
  await registeredOnce(before);
});
