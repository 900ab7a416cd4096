import { expect, it } from 'vitest';
import { parseEmail } from '../../shared/mail/parse-email.ts';
import { badge, classify, forward, press, rawOf, seen, takeLetter, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const subject = 'Протокол на тысячу страниц';
const last = 'Последняя строка протокола.';
const long = `${'Решили: проверить линию и доложить о результатах проверки.\n'.repeat(4000)}${last}`;

it('2.7.2 a letter longer than the form keeps: forwarded, it says that its text was cut, and goes along whole', async () => {
  const { page } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Администрация <priemnaya@adm-pushkino.ru>', subject, text: long });
  await takeLetter(page, subject);
  await press(page, 'Ответить');
  const text = visible(page.getByRole('textbox', { name: 'Текст', exact: true })).first();
  await expect.poll(() => text.inputValue(), { timeout: 30_000 }).toMatch(/> \[Текст письма приведён не полностью: первые 200\s000 знаков\./);
  expect(await seen(visible(page.getByText('Исходное письмо.eml')).first())).toBe(true);
  await page.keyboard.press('Escape');

  await classify(page, 'Не от потребителя услуг', 'Протокол');
  await forward(page, 'pto@moesk.ru');
  await badge(page, 'Обработано').waitFor({ timeout: 60_000 });
  const letter = await untilSent(set.centre, 'pto@moesk.ru', subject);
  const sent = await parseEmail(Buffer.from(await rawOf(set.centre, letter)), { returnPath: null });
  const [source] = sent.attachments;
  expect(source?.name).toBe('Исходное письмо.eml');
  expect(await rawOf(set.centre, letter)).not.toContain(last);
  const whole = Buffer.from(source?.content ?? new Uint8Array());
  expect(whole.toString('utf8')).toContain(`Subject: `);
  expect((await parseEmail(whole, { returnPath: null })).subject).toBe(subject);
  expect(whole.length).toBeGreaterThan(long.length);
});
