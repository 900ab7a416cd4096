import type { Locator, Page } from 'playwright-core';
import { badge, button, goTo, row, takeLetter, visible, writeToClients } from './letter-road.ts';
import type { Scene } from './scene.ts';

const patience = { timeout: 60_000 } as const;

/** A field of the letter on top with a list to choose from. */
export function field(page: Page, label: string): Locator {
  return visible(page.getByRole('combobox', { name: label, exact: true })).first();
}

/** How many fields of that name are to be seen. */
export async function shown(page: Page, label: string): Promise<number> {
  return visible(page.getByLabel(label, { exact: true })).count();
}

/** Words on the screen, wherever they stand. */
export function told(page: Page, words: string | RegExp): Locator {
  return visible(page.getByText(words)).first();
}

export async function greyed(page: Page, name: string): Promise<boolean> {
  return (await button(page, name).getAttribute('aria-disabled')) === 'true';
}

/** A greyed button still answers a person's click: it says why it cannot be pressed. */
export async function pressGreyed(page: Page, name: string): Promise<void> {
  await button(page, name).click({ ...patience, force: true });
}

export async function fromWhom(page: Page, choice: 'От потребителя услуг' | 'Не от потребителя услуг'): Promise<void> {
  await visible(page.getByRole('radio', { name: choice, exact: true })).first().click(patience);
}

/** What «Классификация» offers now, in order. */
export async function classesOffered(page: Page): Promise<readonly string[]> {
  await field(page, 'Классификация').click(patience);
  const options = visible(page.getByRole('option'));
  await options.first().waitFor(patience);
  const titles = await options.allTextContents();
  await page.keyboard.press('Escape');
  return titles;
}

/** «Группа категорий», «Подписант» and «Время совещания»: which of them the class shows. */
export async function fieldsOfClass(page: Page): Promise<readonly string[]> {
  const labels = ['Подписант', 'Время совещания', 'Вид', 'Категория', 'Подтема'];
  const counts = await Promise.all(labels.map((label) => shown(page, label)));
  return labels.filter((_, index) => (counts[index] ?? 0) > 0);
}

/** A letter that belova has taken, and that kuznetsov looks at. */
export async function takenBeforeColleague(set: Scene, subject: string): Promise<void> {
  await writeToClients(set.centre, { from: 'Неизвестный <novy@pochta-mo.ru>', subject, text: 'Ждём вас в четверг.' });
  const [page, other] = [set.desk('belova').page, set.desk('kuznetsov').page];
  await takeLetter(page, subject);
  await goTo(other, 'Входящие письма');
  await row(other, subject).click(patience);
  await other.keyboard.press('F2');
  await badge(other, 'В работе').waitFor(patience);
}
