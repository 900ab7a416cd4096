import { expect, it } from 'vitest';
import { seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');

it('keys of the window work while the focus is in the frame of a letter', async () => {
  const { page, app } = set.desk('belova');
  await writeToClients(set.centre, { from: 'Ермолаев <ermolaev@pochta-mo.ru>', subject: 'Повреждён кабель', html: '<p>Искрит <b>щит</b>.</p>' });
  await takeLetter(page, 'Повреждён кабель');
  const frame = page.getByTitle('Текст письма');
  await frame.focus();
  await expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe('IFRAME');
  // As the system gives it: Playwright's own keys go past the window to the page.
  const press = (keyCode: string, modifiers: ('control' | 'alt')[]): Promise<void> =>
    app.evaluate(
      ({ BrowserWindow }, key) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents;
        contents?.sendInputEvent({ type: 'keyDown', ...key });
        contents?.sendInputEvent({ type: 'keyUp', ...key });
      },
      { keyCode, modifiers },
    );
  // At once and many times: on its way into the frame the focus is for a moment in both, and a key must not act twice.
  for (let turn = 0; turn < 10; turn += 1) {
    await press('PageDown', ['control']);
    expect(await seen(visible(page.getByRole('tab', { name: /^Клиенты/, selected: true })))).toBe(true);
    await press('PageUp', ['control']);
    expect(await seen(visible(page.getByRole('tab', { name: /^Свойства/, selected: true })))).toBe(true);
  }
});
