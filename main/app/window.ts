import path from 'node:path';
import { BrowserWindow, nativeTheme } from 'electron';
import { readBounds, writeBounds } from './window-bounds.ts';

/** Design §4: title bar 44 px; colours of `shell` and `text`. */
const titleBar = { height: 44, light: { color: '#F2F3F5', symbolColor: '#1B1E23' }, dark: { color: '#131518', symbolColor: '#E7E9EC' } } as const;
const startSize = { width: 1366, height: 768 } as const;
const smallest = { minWidth: 1024, minHeight: 700 } as const;

export const screenAddress = 'app://okno/index.html';

function overlay(): Electron.TitleBarOverlay {
  return { height: titleBar.height, ...(nativeTheme.shouldUseDarkColors ? titleBar.dark : titleBar.light) };
}

interface WindowOptions {
  readonly profile: string;
  readonly preload: string;
  /** Names of calls and events that the preload lets through. */
  readonly names: { readonly calls: readonly string[]; readonly events: readonly string[] };
  readonly icon?: string;
  readonly log: (text: string, error?: unknown) => void;
}

/** The program's window: no frame, the system's buttons on our title bar, no Node in the page. */
export function openWindow({ profile, preload, names, log }: WindowOptions): BrowserWindow {
  const bounds = readBounds(profile);
  const window = new BrowserWindow({
    ...startSize,
    ...smallest,
    ...(bounds === null ? {} : { x: bounds.x, y: bounds.y, width: bounds.width, height: bounds.height }),
    title: 'ОКНО',
    show: false,
    backgroundColor: overlay().color ?? titleBar.light.color,
    titleBarStyle: 'hidden',
    titleBarOverlay: overlay(),
    webPreferences: {
      preload: path.resolve(preload),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      v8CacheOptions: 'bypassHeatCheck',
      additionalArguments: [`--okno-calls=${names.calls.join(',')}`, `--okno-events=${names.events.join(',')}`],
    },
  });
  if (bounds?.maximized === true) window.maximize();
  window.once('ready-to-show', () => window.show());
  nativeTheme.on('updated', () => {
    if (!window.isDestroyed()) window.setTitleBarOverlay(overlay());
  });
  window.on('close', () => writeBounds(profile, { ...window.getNormalBounds(), maximized: window.isMaximized() }));
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    log(`The page ended: ${reason}`);
    if (reason !== 'clean-exit' && !window.isDestroyed()) window.webContents.reload();
  });
  return window;
}

/** The theme as the user chose it: it decides the colours of the system's buttons too. */
export function followTheme(value: unknown): void {
  nativeTheme.themeSource = value === 'light' || value === 'dark' ? value : 'system';
}
