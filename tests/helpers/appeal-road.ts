import { expect } from 'vitest';
import type { Page } from 'playwright-core';
import type { SentMail } from '../../shared/protocol/http.ts';
import type { Centre } from './centre.ts';
import { badge, categorize, choose, classify, press, pressExactly, sentLetters, takeLetter, visible, writeToClients } from './letter-road.ts';

/** A consumer whom the small company knows by his address: «Контакт» fills by itself. */
export const consumer = { name: 'Гаврилюк Олег Петрович', from: 'Гаврилюк Олег <gavrilyuk.op@pochta-mo.ru>', address: 'gavrilyuk.op@pochta-mo.ru' } as const;

/** A text letter of the consumer comes and is taken and classified: the next step is its number (2.8.1). */
export async function takeTextLetter(page: Page, centre: Centre, subject: string): Promise<void> {
  await writeToClients(centre, { from: consumer.from, subject, text: `Прошу ответить: ${subject}.` });
  await takeLetter(page, subject);
  await classifyTextLetter(page);
}

/** Fills what the number of a text letter needs. */
export async function classifyTextLetter(page: Page): Promise<void> {
  await expect.poll(() => visible(page.getByRole('combobox', { name: 'Контакт', exact: true })).first().inputValue(), { timeout: 60_000 }).toContain(consumer.name);
  await classify(page, 'От потребителя услуг', 'Письмо (текстовое)');
  await categorize(page);
}

/** «Присвоить рег. номер»; answers the number as the form shows it. */
export async function assignNumber(page: Page): Promise<string> {
  await press(page, 'Присвоить рег. номер');
  await badge(page, 'Номер присвоен').waitFor({ timeout: 60_000 });
  return shownNumber(page);
}

/** The number in the letter's form. */
export async function shownNumber(page: Page): Promise<string> {
  // Only there: letters open beside it are called by their numbers too.
  const place = visible(page.getByRole('tabpanel', { name: 'Свойства', exact: true }).getByText(/КП-\d\d-\d{8}/)).first();
  await place.waitFor({ timeout: 60_000 });
  return /КП-\d\d-\d{8}/.exec(await place.innerText())?.[0] ?? '';
}

/** «Создать обращение» → «Филиал», «Ответственный» → «Записать»: the appeal stays open on top (2.10.1). */
export async function writeAppeal(page: Page): Promise<void> {
  await press(page, 'Создать обращение');
  await choose(page, 'Филиал', 'Северные');
  await choose(page, 'Ответственный', 'Жуков');
  await pressExactly(page, 'Записать');
}

/** Letters that left to `to` with `text` in the subject. */
export async function lettersWith(centre: Centre, to: string, text: string): Promise<readonly SentMail[]> {
  return (await sentLetters(centre)).filter((letter) => letter.to.includes(to) && letter.subject.includes(text));
}
