import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCentre, type Centre } from '../helpers/centre.ts';
import { startDesk, type Desk } from '../helpers/desk.ts';
import { startFakeRelay, type FakeRelay } from '../helpers/fake-relay.ts';
import { badge, classify, fill, forward, goTo, press, row, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';

let relay: FakeRelay;
let centre: Centre;
let desk: Desk;
const patience = { timeout: 60_000 } as const;

beforeAll(async () => {
  relay = await startFakeRelay();
  centre = await startCentre({ flags: ['--relay-url', relay.url, '--relay-timeout-ms', '3000'] });
  desk = await startDesk('belova', { centre });
});

afterAll(async () => {
  await desk.close();
  await centre.close();
  await relay.stop();
});

/** «Написать» → «Отправить»: the form closes. */
async function write(page: Page, to: string, subject: string): Promise<void> {
  await goTo(page, 'Исходящие письма');
  await press(page, 'Написать');
  await fill(page, 'Кому', to);
  await page.keyboard.press('Enter');
  await fill(page, 'Тема', subject);
  await fill(page, 'Текст', 'Добрый день. Направляем ответ.');
  await press(page, 'Отправить');
}

/** Opens the letter from «Исходящие письма» and waits for its state. */
async function open(page: Page, subject: string, state: string): Promise<void> {
  await goTo(page, 'Исходящие письма');
  await row(page, subject).dblclick(patience);
  await badge(page, state).waitFor(patience);
}

const lettersTo = (address: string) => relay.letters.filter(({ to }) => to.includes(address));
const messageIdOf = ({ raw }: { readonly raw: string }): string => /^Message-ID:\s*(\S+)/im.exec(raw)?.[1] ?? '';
const taskOf = (page: Page, subject: string) => visible(page.getByRole('row').filter({ hasText: subject }));

it('1.5.1 the server refuses a forwarded letter: it says so with the answer, a task is made, the incoming letter stays done', async () => {
  const { page } = desk;
  await writeToClients(centre, { from: 'Отправитель <otdel@example.ru>', subject: 'Протокол для отказа', text: 'Направляем вам документы.' });
  await takeLetter(page, 'Протокол для отказа');
  await classify(page, 'Не от потребителя услуг', 'Протокол');
  await press(page, 'Сохранить');
  relay.behave('refuse');
  await forward(page, 'nobody@moesk.ru');
  expect(await seen(badge(page, 'Обработано'))).toBe(true);

  await goTo(page, 'Мои задачи');
  expect(await seen(visible(page.getByText('Письмо не доставлено')).first())).toBe(true);
  await row(page, 'Протокол для отказа').click(patience);
  await press(page, 'Принять в работу');
  await badge(page, 'Ошибка отправки').waitFor(patience);
  expect(await seen(visible(page.getByText(/550 5\.1\.1 No such user here/)).first())).toBe(true);
  expect(await seen(visible(page.getByText(/^Сервер не принял письмо\./)).first())).toBe(true);
  expect(lettersTo('nobody@moesk.ru')).toEqual([]);
});

it('1.5.1 «Повторить» sends the refused letter again, once, and ends the task', async () => {
  const { page } = desk;
  await press(page, 'Повторить');
  await badge(page, 'Отправлено').waitFor(patience);
  expect(lettersTo('nobody@moesk.ru')).toHaveLength(1);
  await goTo(page, 'Мои задачи');
  await expect.poll(() => taskOf(page, 'Протокол для отказа').count(), patience).toBe(0);
});

it('1.5.1 the server says «later» twice: the letter waits in the queue, goes by itself, once, and makes no task', async () => {
  const { page } = desk;
  relay.behave('later', 'later');
  await write(page, 'later@moesk.ru', 'Ответ попозже');
  await open(page, 'Ответ попозже', 'Отправлено');
  expect(lettersTo('later@moesk.ru')).toHaveLength(1);
  expect(await seen(visible(page.getByText('Попыток', { exact: true })).first())).toBe(true);
  await goTo(page, 'Мои задачи');
  expect(await taskOf(page, 'Ответ попозже').count()).toBe(0);
});

it('1.5.1 the connection breaks after the last dot: unknown, never repeated by itself, «Письмо отправлено» settles it', async () => {
  const { page } = desk;
  relay.behave('dropAfterDot');
  await write(page, 'broken@moesk.ru', 'Оборванное письмо');
  await open(page, 'Оборванное письмо', 'Неизвестно, отправлено ли');
  expect(await seen(visible(page.getByText(/^Связь оборвалась после передачи письма\./)).first())).toBe(true);
  await goTo(page, 'Мои задачи');
  await taskOf(page, 'Оборванное письмо').first().waitFor(patience);

  await write(page, 'another@moesk.ru', 'Другое письмо');
  await open(page, 'Другое письмо', 'Отправлено');
  expect(lettersTo('broken@moesk.ru')).toHaveLength(1);

  await open(page, 'Оборванное письмо', 'Неизвестно, отправлено ли');
  await press(page, 'Письмо отправлено');
  await badge(page, 'Отправлено').waitFor(patience);
  await goTo(page, 'Мои задачи');
  await expect.poll(() => taskOf(page, 'Оборванное письмо').count(), patience).toBe(0);
  expect(lettersTo('broken@moesk.ru')).toHaveLength(1);
});

it('1.5.1 the server is silent after the last dot: «Письмо не отправлено», then «Повторить» sends the same letter once more', async () => {
  const { page } = desk;
  relay.behave('silentAfterDot');
  await write(page, 'silent@moesk.ru', 'Молчание сервера');
  await open(page, 'Молчание сервера', 'Неизвестно, отправлено ли');
  await press(page, 'Письмо не отправлено');
  await badge(page, 'Ошибка отправки').waitFor(patience);
  expect(lettersTo('silent@moesk.ru')).toHaveLength(1);
  await press(page, 'Повторить');
  await badge(page, 'Отправлено').waitFor(patience);
  const [first, second, ...more] = lettersTo('silent@moesk.ru');
  expect(more).toEqual([]);
  if (first === undefined || second === undefined) throw new Error('Письмо не повторено');
  expect(messageIdOf(first)).not.toBe('');
  expect(messageIdOf(second)).toBe(messageIdOf(first));
});

it('1.5.1 the centre dies while a letter is on its way: nobody can know, so a person decides', async () => {
  const { page } = desk;
  relay.behave('silentAfterDot');
  await write(page, 'killed@moesk.ru', 'Центр остановлен');
  await expect.poll(() => lettersTo('killed@moesk.ru').length, patience).toBe(1);
  await centre.kill9();
  await centre.start();
  await open(page, 'Центр остановлен', 'Неизвестно, отправлено ли');
  expect(lettersTo('killed@moesk.ru')).toHaveLength(1);
});
