import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BrowserWindow } from 'electron';

/** Fonts are there and two frames were painted: what is in the window is what a person would see. */
const painted = 'document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true)))))';
/** The first screen asks the centre who may log in. */
const settleMs = 1_500;

/** Writes a PNG of the window after its first painted screen. */
export async function savePicture(window: BrowserWindow, file: string): Promise<void> {
  await new Promise((resolve) => {
    setTimeout(resolve, settleMs);
  });
  await window.webContents.executeJavaScript(painted);
  const picture = await window.webContents.capturePage();
  mkdirSync(path.dirname(path.resolve(file)), { recursive: true });
  writeFileSync(file, picture.toPNG());
}
