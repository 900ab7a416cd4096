import { describe, expect, it } from 'vitest';
import { framePolicy, pdfPolicy, previewType, screenPolicy } from '../../../main/app/content-security.ts';
import { EmailFrames } from '../../../main/app/email-frames.ts';
import { isPdfFrame, PdfFrames } from '../../../main/app/pdf-frames.ts';
import { isOpenable, safeFileName } from '../../../main/app/file-name.ts';
import { trueTarget } from '../../../main/app/link-target.ts';
import { readOptions } from '../../../main/app/options.ts';
import { isTrustedSender } from '../../../main/ipc/trusted-sender.ts';

describe('what protects the window', () => {
  it('the screen has no network, a letter nothing but its styles and pictures', () => {
    expect(screenPolicy).toContain("default-src 'none'");
    expect(screenPolicy).toContain("connect-src 'none'");
    expect(screenPolicy).not.toMatch(/script-src[^;]*unsafe/);
    expect(framePolicy(false)).not.toContain('https:');
    expect(framePolicy(false)).not.toContain('script-src');
    expect(framePolicy(true)).toContain('https:');
  });

  it('a frame lets pictures in only for its own letter', () => {
    const frames = new EmailFrames();
    const [closed, open] = [frames.add({ html: 'a', remote: false }), frames.add({ html: 'b', remote: true })];
    expect([frames.allowsRemote(closed), frames.allowsRemote(open), frames.allowsRemote(`${open}/x`), frames.allowsRemote('app://frame/')]).toEqual([false, true, false, false]);
    for (let n = 0; n < 60; n += 1) frames.add({ html: '', remote: false });
    expect(frames.get(open.slice('app://frame/'.length))).toBeNull();
  });

  it('a PDF has script of its own origin only: no eval, no wasm, no network, no frames, no popups', () => {
    expect(pdfPolicy).toContain("default-src 'none'");
    expect(pdfPolicy).toContain("script-src 'self';");
    expect(pdfPolicy).toContain("connect-src 'self';");
    expect(pdfPolicy).not.toMatch(/unsafe|https?:|frame-src|allow-popups|allow-modals|allow-forms|allow-top/);
  });

  it('a PDF is given once, at an address that only this process makes', () => {
    const frames = new PdfFrames();
    const url = frames.add('sha');
    const { host } = new URL(url.replace('app:', 'https:'));
    expect([isPdfFrame(url), isPdfFrame('app://frame/x'), isPdfFrame('app://okno/x.pdf/'), isPdfFrame('https://a.pdf/')]).toEqual([true, false, false, false]);
    expect([frames.has(host), frames.has('00000000-0000-0000-0000-000000000000.pdf')]).toEqual([true, false]);
    expect([frames.take(host), frames.take(host), frames.take('other.pdf')]).toEqual(['sha', null, null]);
    for (let n = 0; n < 60; n += 1) frames.add('other');
    expect(frames.has(host)).toBe(false);
  });

  it.each([
    ['image/png', 'image/png'],
    ['TEXT/PLAIN; charset=koi8-r', 'text/plain; charset=utf-8'],
    ['text/html', 'application/octet-stream'],
    ['application/pdf', 'application/octet-stream'],
    ['image/svg+xml', 'application/octet-stream'],
    ['', 'application/octet-stream'],
  ])('a preview of %s is served as %s', (asked, served) => expect(previewType(asked, () => 'utf-8')).toBe(served));

  it.each([
    ['../../etc/passwd', '_.._etc_passwd'],
    ['Договор\u202efdp.exe', 'Договор_fdp.exe'],
    ['CON.txt', 'файл.txt'],
    ['.bashrc', 'bashrc'],
    ['a:b*c?.pdf', 'a_b_c_.pdf'],
    ['', 'файл'],
    [`${'ы'.repeat(300)}.pdf`, `${'ы'.repeat(120)}.pdf`],
  ])('the name %j is saved as %j', (name, safe) => expect(safeFileName(name)).toBe(safe));

  it('only kinds that a program just shows are opened', () => {
    expect(['скан.PDF', 'письмо.eml', 'акт.docx'].map(isOpenable)).toEqual([true, true, true]);
    expect(['a.exe', 'a.docm', 'a.js', 'a.lnk', 'a.html', 'a.svg', 'a.desktop', 'a.sh', 'a', 'a.pdf.scr'].map(isOpenable)).not.toContain(true);
  });

  it('a link is shown by its true host, and only https, mailto and tel open', () => {
    expect(trueTarget('https://moesk.ru@evil.example/login').target).toBe('evil.example');
    expect(trueTarget('https://мосэнерго.рф/').target).toMatch(/^xn--/);
    expect(trueTarget('mailto:a@b.ru').target).toBe('a@b.ru');
    for (const url of ['http://moesk.ru', 'file:///etc/passwd', 'javascript:alert(1)', 'smb://x', 'ms-msdt:x', 'не ссылка']) expect(() => trueTarget(url)).toThrow(/notAllowed/);
  });

  it('only the main frame of our page may call', () => {
    const mainFrame = { url: 'app://okno/index.html' };
    const webContents = { mainFrame };
    const window = { isDestroyed: () => false, webContents } as unknown as Parameters<typeof isTrustedSender>[1]; // the part of a window that is looked at
    const by = (senderFrame: unknown, sender: unknown = webContents) => isTrustedSender({ senderFrame, sender } as Parameters<typeof isTrustedSender>[0], window);
    expect(by(mainFrame)).toBe(true);
    expect(by({ url: 'app://okno/index.html' })).toBe(false);
    expect(by(null)).toBe(false);
    expect(by(mainFrame, {})).toBe(false);
    mainFrame.url = 'https://evil.example/';
    expect(by(mainFrame)).toBe(false);
  });

  it('flags go before the environment, and a wrong address is told in words', () => {
    expect(readOptions(['--server', 'https://okno.example', '--profile=/p'], { OKNO_SERVER: 'http://x' }, '/d')).toMatchObject({ server: 'https://okno.example', profile: '/p', screenshot: null });
    expect(readOptions(['--ca', '/c/ca.pem'], { OKNO_CA: '/other.pem' }, '/d').ca).toBe('/c/ca.pem');
    expect([readOptions([], { OKNO_CA: '/other.pem' }, '/d').ca, readOptions([], {}, '/d').ca]).toEqual(['/other.pem', null]);
    expect(() => readOptions(['--server', 'ftp://x'], {}, '/d')).toThrow(/адрес центра/);
  });
});
