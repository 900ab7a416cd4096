import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../helpers/free-port.ts';
import { startDesk, type Desk } from '../helpers/desk.ts';

let desk: Desk;
let outside: Server;
let asked: string[];
let outsideUrl: string;

beforeAll(async () => {
  asked = [];
  outside = createServer((request, response) => {
    asked.push(request.url ?? '');
    response.end('outside');
  });
  await new Promise<void>((resolve) => void outside.listen(0, '127.0.0.1', resolve));
  outsideUrl = `http://127.0.0.1:${(outside.address() as AddressInfo).port}`; // it listens on TCP
  desk = await startDesk('belova', { centre: { port: await freePort() }, login: false });
  await desk.page.getByLabel('Пароль', { exact: true }).waitFor();
});

afterAll(async () => {
  await desk.close();
  outside.close();
});

/** What the window was made with. */
const preferences = () => desk.app.evaluate(({ BrowserWindow }) => {
  const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as { getLastWebPreferences: () => Record<string, unknown> } | undefined; // not in Electron's types, but there
  return contents?.getLastWebPreferences() ?? {};
});

describe("Electron's list of safety, seen in the running window", () => {
  it('1, 18 the page comes from app://, not from a file or the network', () => {
    expect(desk.page.url()).toBe('app://okno/index.html');
  });

  it('2, 3, 4, 6, 8, 9, 10, 11 no Node, an isolated world, the sandbox, nothing switched off or experimental, no webview', async () => {
    const found = await preferences();
    expect(found).toMatchObject({ nodeIntegration: false, contextIsolation: true, sandbox: true, webSecurity: true });
    for (const off of ['nodeIntegrationInWorker', 'nodeIntegrationInSubFrames', 'allowRunningInsecureContent', 'experimentalFeatures', 'webviewTag']) expect([off, found[off] ?? false]).toEqual([off, false]);
    expect(found['enableBlinkFeatures'] ?? '').toBe('');
    expect(await desk.page.evaluate(() => [typeof globalThis.process, typeof (globalThis as { require?: unknown }).require])).toEqual(['undefined', 'undefined']);
  });

  it('5 no permission is given, asked or only looked up', async () => {
    const states = await desk.page.evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'] as PermissionName[]; // the last is not in the types of the DOM
      return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
    });
    expect(new Set(states)).toEqual(new Set(['denied']));
    expect(await desk.page.evaluate(() => Notification.requestPermission())).toBe('denied');
  });

  it('7 the policy forbids the network, inline and foreign scripts', async () => {
    const refused = await desk.page.evaluate(async (url) => {
      const failed = await fetch(url).then(() => false, () => true);
      const inline = document.createElement('script');
      inline.textContent = 'window.ranInline = true';
      document.head.append(inline);
      const foreign = document.createElement('script');
      foreign.src = `${url}/script.js`;
      document.head.append(foreign);
      const picture = document.createElement('img');
      picture.src = `${url}/picture.png`;
      document.body.append(picture);
      await new Promise((resolve) => {
        setTimeout(resolve, 500);
      });
      return { failed, ranInline: 'ranInline' in window };
    }, outsideUrl);
    expect(refused).toEqual({ failed: true, ranInline: false });
    expect(asked).toEqual([]);
  });

  it('7 the session refuses the network even where no policy looks', async () => {
    const failed = await desk.app.evaluate(async ({ session }, url) => session.defaultSession.fetch(url).then(() => false, () => true), outsideUrl);
    expect(failed).toBe(true);
    expect(asked).toEqual([]);
  });

  it('13, 14 the page cannot be led away and opens no window', async () => {
    await desk.page.evaluate((url) => {
      window.location.href = url;
    }, `${outsideUrl}/away`);
    await desk.page.evaluate((url) => void window.open(url), `${outsideUrl}/popup`).catch(() => undefined); // a refused window may reject
    await desk.page.waitForTimeout(500);
    expect(desk.page.url()).toBe('app://okno/index.html');
    expect(await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1);
    expect(asked).toEqual([]);
  });

  it('11, 12 a webview is nothing in our page, and refused where a window has them switched on', async () => {
    expect(await desk.page.evaluate(() => 'getWebContentsId' in document.createElement('webview'))).toBe(false);
    const types = await desk.app.evaluate(async ({ BrowserWindow, webContents }, url) => {
      const window = new BrowserWindow({ show: false, webPreferences: { webviewTag: true, sandbox: true } });
      await window.loadURL('data:text/html,<p>page</p>');
      const refused = new Promise<void>((resolve) => void window.webContents.once('will-attach-webview', () => setImmediate(resolve)));
      await window.webContents.executeJavaScript(`document.body.innerHTML = '<webview src="${url}/webview"></webview>'`);
      await refused;
      const found = webContents.getAllWebContents().map((contents) => contents.getType());
      window.destroy();
      return found;
    }, outsideUrl);
    expect(types).not.toContain('webview');
    expect(asked).toEqual([]);
  });

  it('15 a link is opened after a question with its true host, and not on «Отмена»', async () => {
    await desk.app.evaluate(({ dialog, shell }) => {
      const seen = { messages: [] as string[], opened: [] as string[], answer: 1 };
      Object.assign(globalThis, { seen });
      dialog.showMessageBox = ((_window: unknown, options: { message: string }) => {
        seen.messages.push(options.message);
        return Promise.resolve({ response: seen.answer, checkboxChecked: false });
      }) as unknown as typeof dialog.showMessageBox; // answers instead of a person
      shell.openExternal = (url) => Promise.resolve(void seen.opened.push(url));
    });
    const open = (url: string) => desk.page.evaluate(async (link) => window.okno?.call('app.openExternal', { url: link }), url);
    expect(await open('https://moesk.ru@evil.example/')).toEqual({ ok: true, value: {} });
    expect(await open('file:///etc/passwd')).toMatchObject({ ok: false, refusal: { code: 'notAllowed' } });
    await desk.app.evaluate(() => void ((globalThis as unknown as { seen: { answer: number } }).seen.answer = 0));
    await open('mailto:a@b.ru');
    const seen = await desk.app.evaluate(() => (globalThis as unknown as { seen: { messages: string[]; opened: string[] } }).seen);
    expect(seen.messages).toEqual(['Открыть evil.example?', 'Открыть a@b.ru?']);
    expect(seen.opened).toEqual(['mailto:a@b.ru']);
  });

  it('17, 20 a frame has no bridge, and the bridge offers two functions and known names only', async () => {
    expect(await desk.page.evaluate(() => Object.keys(window.okno ?? {}).sort())).toEqual(['call', 'on']);
    const unknown = await desk.page.evaluate(() => window.okno?.call('own.fileContent' as 'app.info', {}).then(() => 'answered', (error: Error) => error.message));
    expect(unknown).toMatch(/No such call/);
    const wrong = await desk.page.evaluate(() => window.okno?.call('document.get', { type: 5 }).then(() => 'answered', (error: Error) => error.message));
    expect(wrong).toContain('invalidInput');
  });

  it('a letter in its frame runs no script, sends nothing, and reaches neither the bridge nor the page', async () => {
    const html = `<p id="p">Письмо</p><script>top.broken = 1</script><img src="${outsideUrl}/pixel.png"><img src="https://127.0.0.1:1/x.png"><iframe src="${outsideUrl}/frame"></iframe>
      <link rel="stylesheet" href="${outsideUrl}/style.css"><style>body{background:url(${outsideUrl}/css.png)}</style><form action="${outsideUrl}/form"></form><meta http-equiv="refresh" content="0;url=${outsideUrl}/refresh">`;
    const url = await desk.page.evaluate(async (letter) => ((await window.okno?.call('email.frame', { html: letter, remote: false })) as { url: string } | undefined)?.url ?? '', html);
    expect(url).toMatch(/^app:\/\/frame\//);
    await desk.page.evaluate(async (address) => {
      const frame = document.createElement('iframe');
      frame.src = address;
      frame.sandbox.add('allow-popups');
      document.body.append(frame);
      await new Promise((resolve) => {
        setTimeout(resolve, 1_000);
      });
    }, url);
    expect(await desk.page.evaluate(() => 'broken' in window)).toBe(false);
    const frame = desk.page.frames().find((candidate) => candidate.url() === url);
    expect(await frame?.locator('#p').textContent()).toBe('Письмо');
    expect(asked).toEqual([]);
  });

  it('the window cannot be made less than the design', async () => {
    expect(await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getMinimumSize())).toEqual([1024, 700]);
  });

  it('F11 a second start on the same profile ends at once; another profile starts', async () => {
    await expect(startDesk('belova', { centre: { port: await freePort() }, login: false, profile: desk.profile })).rejects.toThrow();
    expect(await desk.page.evaluate(() => document.title)).toBe('ОКНО');
  });

  it('a page that ended is opened again, and the desk behind it lives on', async () => {
    const opened = desk.page.waitForEvent('domcontentloaded');
    await desk.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer());
    await opened.catch(() => undefined); // the driver may see the crash first
    const state = await desk.app.evaluate(async ({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      for (let n = 0; n < 100 && contents?.isLoading() === true; n += 1) {
        await new Promise((resolve) => {
          setTimeout(resolve, 100);
        });
      }
      return (await contents?.executeJavaScript("window.okno.call('session.state', {})")) as { state: string };
    });
    expect(state.state).toBe('loggedOut');
  });
});
