import path from 'node:path';
import process from 'node:process';
import { packageDesktop } from './runtime/desktop-package.ts';
import { wrongFuses } from './runtime/shipped-fuses.ts';
import { root } from './setup/files.ts';
import { prepareDesktop } from './setup/prepare-desktop.ts';
import { failWith, SetupError } from './setup/progress.ts';

/** `npm run package`: the program as it is given to workplaces, a folder in out/. */
try {
  const runtime = await prepareDesktop();
  const executable = await packageDesktop(path.join(root, 'out', `okno-${process.platform}-${process.arch}`), runtime);
  const wrong = await wrongFuses(executable);
  if (wrong.length > 0) throw new SetupError(`Предохранители Electron стоят не так: ${wrong.join(', ')}.`, 'не выдавайте этот пакет; проверьте, что версия Electron официальная, и повторите команду.');
  console.log(`Пакет: ${path.dirname(executable)} (Electron ${runtime.electronVersion}).`);
  if (runtime.environment['OKNO_SQLITE_BINDING'] !== undefined) console.log('Electron взят из реестра npm: пакет годится для проверки, но не для выдачи. Для выдачи соберите его там, где доступен официальный Electron.');
} catch (error) {
  failWith(error);
}
