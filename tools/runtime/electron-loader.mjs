/**
 * Stands in for Electron's default_app.asar in the registry-held runtime: starts the project whose folder is the first argument
 * that is not a switch. Copied into resources/app of the runtime, never shipped.
 */
import { app } from 'electron';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const named = process.argv.slice(1).find((argument) => !argument.startsWith('-'));
if (named === undefined) throw new Error('Не указана папка программы');
const folder = path.resolve(named);
const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));

// What Electron's own default_app does too: two methods that its type declarations leave out.
const defaultApp = /** @type {Electron.App & { setAppPath(folder: string): void, setVersion(version: string): void }} */ (app);
Object.assign(process, { defaultApp: true });
defaultApp.setAppPath(folder);
defaultApp.setName(manifest.productName ?? manifest.name);
defaultApp.setVersion(manifest.version);
await import(pathToFileURL(path.join(folder, manifest.main)).href);
