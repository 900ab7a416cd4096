import { expect, it } from 'vitest';
import { parseEmail } from '../../shared/mail/parse-email.ts';
import { writeAppeal } from '../helpers/appeal-road.ts';
import { badge, button, categorize, classify, fill, goTo, press, rawOf, row, seen, takeLetter, untilSent, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const subject = 'Запрос министерства';
const asud = 'kancelyariya@moesk.ru';
const patience = { timeout: 60_000 } as const;

it('2.8.2 АС ФЭУ refuses the appeal: the letter to АСУД waits and says why', async () => {
  const { page } = set.desk('belova');
  await set.emulator.misbehave({ refuse: true });
  await writeToClients(set.centre, { from: 'Гаврилюк Олег <gavrilyuk.op@pochta-mo.ru>', subject, text: 'Прошу сообщить.' });
  await takeLetter(page, subject);
  await classify(page, 'От потребителя услуг', 'Письмо официальное');
  await categorize(page);
  await press(page, 'Присвоить рег. номер');
  await badge(page, 'Номер присвоен').waitFor(patience);
  await writeAppeal(page);
  expect(await seen(visible(page.getByText(/^АС ФЭУ ещё не зарегистрировала обращение: АС ФЭУ не приняла обращение/)).first())).toBe(true);

  await goTo(page, 'Входящие письма');
  await row(page, subject).click(patience);
  await page.keyboard.press('F2');
  await press(page, 'Переслать');
  await fill(page, 'Кому', asud);
  await page.keyboard.press('Enter');
  await press(page, 'Отправить');
  await goTo(page, 'Исходящие письма');
  await row(page, `Fwd: ${subject}`).dblclick(patience);
  await badge(page, 'В очереди').waitFor(patience);
  expect(await seen(visible(page.getByText(/Письмо ждёт номера обращения и уйдёт само.*Номера ещё нет: АС ФЭУ не приняла обращение/)).first())).toBe(true);
});

it('2.8.2 «Зарегистрировать сейчас»: greyed off line with the reason; the appeal is registered at once, and the letter follows with its number', async () => {
  const desk = set.desk('belova');
  const { page } = desk;
  await press(page, 'Открыть обращение');
  await desk.goOffline();
  await expect.poll(() => button(page, 'Зарегистрировать сейчас').getAttribute('aria-disabled'), patience).toBe('true');
  await button(page, 'Зарегистрировать сейчас').click({ ...patience, force: true });
  expect(await seen(visible(page.getByText(/^Нет связи с центром: он обратится к АС ФЭУ сам/)).first())).toBe(true);
  await desk.goOnline();

  await set.emulator.misbehave({});
  await press(page, 'Зарегистрировать сейчас');
  await badge(page, 'Проверка ответа').waitFor(patience);
  const [registration, ...more] = await set.emulator.registrations();
  expect(more).toEqual([]);
  const sent = await parseEmail(Buffer.from(await rawOf(set.centre, await untilSent(set.centre, asud, subject))), { returnPath: null });
  expect(sent.text).toContain(`Регистрационный номер обращения: ${registration?.number ?? 'нет'}`);
  expect(await button(page, 'Зарегистрировать сейчас').count()).toBe(0);
});
