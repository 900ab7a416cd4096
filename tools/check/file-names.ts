import { readFileSync } from 'node:fs';
import path from 'node:path';
import { sourceFiles, type Violation } from './source-files.ts';

const vague = /(^|\/)(utils?|helpers?|common|constants?|misc)(\.tsx?|\/)/;
const reExportOnly = /^(\s*(\/\/[^\n]*|\/\*[\s\S]*?\*\/|export\s+(type\s+)?(\*|\{[^}]*\})(\s+as\s+\w+)?\s+from\s+['"][^'"]+['"];?)\s*)+$/;

/**
 * Names say the subject: no file or folder called utils, helpers, common, constants (tests/helpers excepted), and no index
 * that only passes on what others export.
 */
export function nameViolations(root: string): Violation[] {
  return sourceFiles(root).flatMap((file) => {
    if (vague.test(file) && !file.startsWith('tests/helpers/')) return [{ file, problem: 'имя не говорит, о чём файл (utils, helpers, common, constants)' }];
    if (/\/index\.tsx?$/.test(file) && reExportOnly.test(readFileSync(path.join(root, file), 'utf8'))) return [{ file, problem: 'index только пересылает чужие экспорты' }];
    return [];
  });
}
