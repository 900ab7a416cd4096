import type { Locator, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { answer, button, classify, goTo, openTab, press, pressExactly, row, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('fomina', 'belova', 'martynyuk');
const patience = { timeout: 60_000 } as const;
/** Two cards of one person: an e-mail in common, a phone of its own each. */
const name = 'Соколова Марина Ильинична';
const [keptPhone, doublePhone] = ['+7 903 771-40-92', '+7 495 993-12-07'] as const;
const inn = '500100732259';

const field = (page: Page, label: string): Locator => visible(page.getByLabel(label, { exact: true })).first();
const listed = (page: Page): Locator => visible(page.getByRole('row').filter({ hasText: name }));
const nothingToSend = (page: Page): Promise<void> => page.getByRole('contentinfo').getByText('К отправке 0', { exact: true }).waitFor(patience);

async function openCard(page: Page, phone: string): Promise<void> {
  await goTo(page, 'Клиенты');
  await row(page, phone).click(patience);
  await page.keyboard.press('F2');
  await field(page, 'Отчество').waitFor(patience);
}

/** Ties the letter to the only client with the phone in its text: this letter alone. */
async function tieToDouble(page: Page): Promise<void> {
  await classify(page, 'От потребителя услуг', 'Письмо (текстовое)');
  await press(page, 'Сохранить');
  await openTab(page, 'Клиенты');
  await visible(page.getByRole('checkbox', { name: `Выбрать: ${name}` })).first().click(patience);
  await answer(page, 'Связать ли все письма с данным электронным адресом?', 'Нет');
}

/** Down the list by the arrow until the row with this text is the one selected. */
async function arrowTo(page: Page, text: string): Promise<void> {
  await page.keyboard.press('Home');
  for (let step = 0; step < 30; step += 1) {
    if ((await row(page, text).getAttribute('aria-selected')) === 'true') return;
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`${text} is not reached by the arrow`);
}

it('a supervisor merges two cards by the keyboard alone: values chosen, tables united, and a letter tied to the discarded card off line comes to the kept one', async () => {
  const [senior, belova] = [set.desk('fomina').page, set.desk('belova').page];
  await openCard(belova, doublePhone);
  await field(belova, 'ИНН').fill(inn);
  await pressExactly(belova, 'Записать');
  for (const subject of ['Письмо до', 'Письмо без связи']) {
    await writeToClients(set.centre, { from: 'dacha@snt-lug.ru', subject, text: 'Позвоните мне: 8 (495) 993-12-07' });
    await goTo(belova, 'Мои задачи');
    await row(belova, subject).waitFor(patience);
  }
  await takeLetter(belova, 'Письмо до');
  await tieToDouble(belova);
  await takeLetter(belova, 'Письмо без связи');
  await nothingToSend(belova);
  await set.desk('belova').goOffline();
  await tieToDouble(belova);

  await goTo(senior, 'Клиенты');
  await row(senior, inn).waitFor(patience);
  await arrowTo(senior, keptPhone);
  await senior.keyboard.press('Space');
  await arrowTo(senior, doublePhone);
  await senior.keyboard.press('Space');
  await senior.keyboard.press('Alt+KeyJ');
  const ofDouble = visible(senior.getByRole('radio', { name: `ИНН, карточка 2: ${inn}` }));
  await expect.poll(() => ofDouble.getAttribute('aria-checked'), patience).toBe('true');
  await expect.poll(() => senior.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe(`ИНН, карточка 2: ${inn}`);
  await senior.keyboard.press('ArrowLeft');
  await senior.keyboard.press('Space');
  expect(await ofDouble.getAttribute('aria-checked')).toBe('false');
  await senior.keyboard.press('ArrowRight');
  await senior.keyboard.press('Space');
  await senior.keyboard.press('Control+Enter');
  expect(await seen(visible(senior.getByText(`Карточки объединены: ${name}`)).first())).toBe(true);
  await expect.poll(() => field(senior, 'ИНН').inputValue(), patience).toBe(inn);
  await openTab(senior, 'Контакты');
  const phones = await visible(senior.getByRole('textbox')).evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value));
  expect(phones).toEqual(expect.arrayContaining([keptPhone, doublePhone]));

  await set.desk('belova').goOnline();
  await nothingToSend(belova);
  await openTab(senior, 'История');
  for (const subject of ['Письмо до', 'Письмо без связи']) await row(senior, subject).waitFor(patience);
  await goTo(belova, 'Клиенты');
  await expect.poll(() => listed(belova).count(), patience).toBe(1);
});

it('an operator may not merge: the button says why', async () => {
  const { page } = set.desk('martynyuk');
  await goTo(page, 'Клиенты');
  await expect.poll(() => listed(page).count(), patience).toBe(1);
  await openCard(page, keptPhone);
  expect(await button(page, 'Объединить').getAttribute('aria-disabled')).toBe('true');
  await page.keyboard.press('Alt+KeyJ');
  expect(await seen(visible(page.getByText('Недостаточно прав: Объединить')).first())).toBe(true);
});

it('«Отменить объединение» gives the old card back with the links it had; what was done meanwhile stays with the kept one', async () => {
  const [senior, belova] = [set.desk('fomina').page, set.desk('belova').page];
  await openTab(senior, 'Объединённые карточки');
  await row(senior, doublePhone).waitFor(patience);
  await press(senior, 'Отменить объединение');
  await answer(senior, 'Отменить объединение?', 'Отменить объединение');
  await expect.poll(() => field(senior, 'ИНН').inputValue(), patience).toBe('');
  await expect.poll(() => listed(belova).count(), patience).toBe(2);
  await openTab(senior, 'История');
  await row(senior, 'Письмо без связи').waitFor(patience);
  await expect.poll(() => row(senior, 'Письмо до').count(), patience).toBe(0);
  await openCard(belova, doublePhone);
  expect(await field(belova, 'ИНН').inputValue()).toBe(inn);
  await openTab(belova, 'История');
  await row(belova, 'Письмо до').waitFor(patience);
  await openTab(belova, 'Письма');
  await row(belova, 'Письмо до').click(patience);
  await belova.keyboard.press('Enter');
  await visible(belova.getByRole('article', { name: /Входящее электронное письмо/ })).first().waitFor(patience);
});
