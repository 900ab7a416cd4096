import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserWindow } from 'electron';

/** Fonts are there and two frames were painted: what is in the window is what a person would see. */
const painted = 'document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))';
/** The first screen asks the centre who may log in: what it says is shown first, with the status line. An answer takes at most five seconds. */
const centreKnown = `(async () => {
  for (let tries = 0; tries < 70; tries += 1) {
    const isShown = document.querySelector('.okno-status') !== null;
    if (isShown && (await window.okno.call('connection.state', {})).state !== 'connecting') return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
})()`;

/** Writes a PNG of the window after its first painted screen. */
export async function savePicture(window: BrowserWindow, file: string): Promise<void> {
  await window.webContents.executeJavaScript(centreKnown);
  await window.webContents.executeJavaScript(painted);
  const picture = await window.webContents.capturePage();
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, picture.toPNG());
}
