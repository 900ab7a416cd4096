import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { assignNumber, consumer, lettersWith, takeTextLetter } from '../helpers/appeal-road.ts';
import { classify, fill, goTo, press, seen, takeLetter, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const patience = { timeout: 90_000 } as const;

/** Milliseconds between two keys: a quick typist. */
const KEY_MS = 50;
/** What may be lost of typing: one second of it. */
const lost = 1000 / KEY_MS;
const typing = 'Потребитель звонил трижды и просит ответить до пятницы, потому что в доме нет света.';

/** Goes to a document by its name under «Открыто». */
async function showOpen(page: Page, name: string): Promise<void> {
  await page.getByRole('group', { name: 'Открыто' }).getByRole('button', { name: new RegExp(name) }).first().click(patience);
}

/** The field holds the beginning of what was typed, and at most the last second of it is missing. */
async function restored(page: Page, label: string, typed: string): Promise<void> {
  const field = visible(page.getByLabel(label, { exact: true })).first();
  await field.waitFor(patience);
  await expect.poll(async () => (await field.inputValue()).length, patience).toBeGreaterThanOrEqual(typed.length - lost);
  expect(typed.startsWith(await field.inputValue())).toBe(true);
}

async function nothingWaits(page: Page): Promise<void> {
  await page.getByText('На связи', { exact: true }).waitFor(patience);
  await page.getByRole('contentinfo').getByText('К отправке 0', { exact: true }).waitFor(patience);
  await goTo(page, 'Разобрать');
  await visible(page.getByText('Разбирать нечего')).first().waitFor(patience);
}

it('typing outlives kill -9 of the program in every open form: at most the last second is lost', async () => {
  const desk = set.desk('belova');
  await writeToClients(set.centre, { from: 'Администрация <priemnaya@adm-pushkino.ru>', subject: 'Факс при сбое', text: 'Приглашаем.' });
  await takeLetter(desk.page, 'Факс при сбое');
  await classify(desk.page, 'Не от потребителя услуг', 'Факсограмма');
  await visible(desk.page.getByLabel('Комментарий', { exact: true })).first().pressSequentially(typing, { delay: KEY_MS });
  await fill(desk.page, 'Время совещания', '26.11 15:00');

  await goTo(desk.page, 'Исходящие письма');
  await press(desk.page, 'Написать');
  await fill(desk.page, 'Тема', 'Письмо при сбое');
  await visible(desk.page.getByLabel('Текст', { exact: true })).first().pressSequentially(typing, { delay: KEY_MS });
  await desk.kill9();

  await desk.reopen();
  await showOpen(desk.page, 'Письмо при сбое');
  await restored(desk.page, 'Текст', typing);
  await restored(desk.page, 'Тема', 'Письмо при сбое');
  await showOpen(desk.page, 'Факс при сбое|Администрация');
  expect(await seen(visible(desk.page.getByText(/^Введённое до закрытия программы восстановлено/)).first())).toBe(true);
  await restored(desk.page, 'Комментарий', typing);
  await restored(desk.page, 'Время совещания', '26.11 15:00');
});

it('a comment that is still being typed outlives kill -9, and its letter is open again', async () => {
  const desk = set.desk('belova');
  await writeToClients(set.centre, { from: 'Комиссия <komissiya@adm-pushkino.ru>', subject: 'Комментарий при сбое', text: 'Здравствуйте.' });
  await takeLetter(desk.page, 'Комментарий при сбое');
  await visible(desk.page.getByLabel('Комментарий', { exact: true })).first().pressSequentially(typing, { delay: KEY_MS });
  await desk.kill9();
  await desk.reopen();
  await showOpen(desk.page, 'Комментарий при сбое|Комиссия');
  await restored(desk.page, 'Комментарий', typing);
});

it('2.8.1 a command accepted off line outlives kill -9, and is done once when the link is back', async () => {
  const desk = set.desk('belova');
  await takeTextLetter(desk.page, set.centre, 'Номер без связи');
  await desk.goOffline();
  const number = await assignNumber(desk.page);
  await desk.kill9();
  desk.link.restore();
  await desk.reopen();
  await nothingWaits(desk.page);
  await untilSent(set.centre, consumer.address, number);
  expect(await lettersWith(set.centre, consumer.address, number)).toHaveLength(1);
});
