import { expect, it } from 'vitest';
import { goTo, row, seen, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { testApplications, testClients } from '../helpers/small-company.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;
const name = 'Гаврилюк Олег Петрович';
const clientId = testClients.find((client) => client.name === name)?.id ?? '';
const [pattern] = testApplications;
if (pattern === undefined) throw new Error('The small company has no applications');
const given = { ...pattern, id: 'application-of-feed', number: 'И-26-00-555001/102', clientId, applicantName: name, objectName: 'Гараж', stage: 'registered', cadastralNumber: '50:12:0099999:111' } as const;

it('an application of АС ФЭУ appears by itself, changes by itself, and goes when it is withdrawn: in the list, in «Едином окне», in the search', async () => {
  const { page } = set.desk('belova');
  await goTo(page, 'Заявки');
  await visible(page.getByText('Заявок нет')).waitFor(patience);
  await set.emulator.load([given]);
  expect(await row(page, given.number).textContent({ timeout: 60_000 })).toContain('Зарегистрирована');
  await row(page, given.number).dblclick(patience);
  await visible(page.getByRole('heading', { name: `Заявка ${given.number}` })).waitFor(patience);
  expect(await visible(page.getByRole('article', { name: `Заявка ${given.number}` })).getByRole('textbox').count()).toBe(0); // read-only here

  await visible(page.getByRole('button', { name })).first().click(patience);
  const applications = visible(page.getByRole('grid', { name: 'Заявки' }));
  await applications.getByRole('row').filter({ hasText: given.number }).waitFor(patience);
  await set.emulator.load([{ ...given, stage: 'works', objectName: 'Гараж с мастерской' }]);
  await applications.getByRole('row').filter({ hasText: 'Гараж с мастерской' }).waitFor(patience);
  await goTo(page, 'Заявки');
  await expect.poll(() => row(page, given.number).textContent(), patience).toContain('Выполнение мероприятий');

  await set.emulator.withdraw(given);
  expect(await seen(visible(page.getByText('Заявок нет')))).toBe(true);
  await page.keyboard.press('F3');
  await page.keyboard.insertText('555001');
  expect(await seen(visible(page.getByText('На этом рабочем месте ничего не найдено')))).toBe(true);
  await page.keyboard.press('Escape');
});
