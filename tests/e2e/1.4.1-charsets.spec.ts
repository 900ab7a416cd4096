import iconv from 'iconv-lite';
import { expect, it } from 'vitest';
import { mailboxes } from '../helpers/centre.ts';
import { goTo, row, seen, visible } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';
import { sendLetter } from '../helpers/send-letter.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;

/** A letter as an old mail program writes it: subject, name and text raw in `charset`, called `label`; '' says nothing at all. */
interface Case {
  readonly subject: string;
  readonly charset: string;
  readonly label: string;
}

const honest: readonly Case[] = ['utf-8', 'windows-1251', 'koi8-r', 'koi8-u', 'iso-8859-5', 'cp866', 'x-mac-cyrillic'].map((charset) => ({ subject: `Авария на линии, честно ${charset}`, charset, label: charset }));
const lying: readonly Case[] = (
  [
    ['windows-1251', 'utf-8'],
    ['windows-1251', 'iso-8859-1'],
    ['windows-1251', 'koi8-r'],
    ['koi8-r', 'windows-1251'],
    ['koi8-r', 'iso-8859-1'],
    ['utf-8', 'windows-1251'],
    ['utf-8', 'us-ascii'],
    ['iso-8859-5', 'windows-1251'],
    ['cp866', 'windows-1251'],
    ['windows-1251', 'no-such-charset'],
    ['windows-1251', ''],
    ['koi8-r', ''],
    ['utf-8', ''],
  ] as const
).map(([charset, label]) => ({ subject: `Авария на линии, ${charset} назван ${label === '' ? 'никак' : label}`, charset, label }));
const cases = [...honest, ...lying];

const textOfCase = ({ subject }: Case): string => `Здравствуйте! Прошу проверить напряжение в посёлке Лесной Городок: третий день лампы мигают. Щит гудит, ёмкость греется. ${subject}`;
/** iconv-lite's name of what mail calls x-mac-cyrillic. */
const codec = (charset: string): string => (charset === 'x-mac-cyrillic' ? 'maccyrillic' : charset);

it('1.4.1 letters in every Cyrillic charset, rightly and wrongly labelled, are read right in the list', async () => {
  const { page } = set.desk('belova');
  for (const [index, one] of cases.entries()) {
    const header = [`From: Щукин Ёж <charset${index}@pochta-mo.ru>`, `To: ${mailboxes.clients}`, `Subject: ${one.subject}`, `Date: ${new Date().toUTCString()}`, 'MIME-Version: 1.0', `Content-Type: text/plain${one.label === '' ? '' : `; charset=${one.label}`}`, 'Content-Transfer-Encoding: 8bit'];
    await sendLetter({ port: set.centre.smtpPort, to: mailboxes.clients, from: `charset${index}@pochta-mo.ru`, raw: iconv.encode([...header, '', textOfCase(one), ''].join('\r\n'), codec(one.charset)) });
  }
  await goTo(page, 'Мои задачи');
  await expect.poll(() => page.getByRole('navigation', { name: 'Разделы' }).getByRole('button', { name: /^Мои задачи/ }).innerText(), patience).toContain(String(cases.length));
  const search = visible(page.getByLabel('Найти в списке', { exact: true })).first();
  const wrong: string[] = [];
  for (const { subject } of cases) {
    await search.fill(subject, patience);
    const found = visible(page.getByRole('row').filter({ hasText: subject }).filter({ hasText: 'Щукин Ёж' })).first();
    if (!(await found.waitFor({ timeout: 5_000 }).then(() => true, () => false))) wrong.push(subject);
  }
  expect(wrong).toEqual([]);
});

it('1.4.1 the texts of all of them are read right beside the list', async () => {
  const { page } = set.desk('belova');
  const search = visible(page.getByLabel('Найти в списке', { exact: true })).first();
  for (const one of cases) {
    await search.fill(one.subject, patience);
    await row(page, one.subject).click(patience);
    expect(await seen(visible(page.getByRole('region', { name: 'Письмо' }).getByText(textOfCase(one))).first())).toBe(true);
  }
});
