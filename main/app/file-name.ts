import path from 'node:path';

/** Kinds that a program only shows. Whatever can run or carries macros is not opened, only saved. */
const openable: ReadonlySet<string> = new Set([
  '.pdf', '.png', '.jpg', '.jpeg', '.gif', '.webp', '.bmp', '.tif', '.tiff', '.txt', '.csv', '.log', '.eml', '.doc', '.docx', '.xls', '.xlsx', '.ppt', '.pptx', '.rtf', '.odt', '.ods', '.odp', '.zip', '.rar', '.7z', '.dwg', '.sig',
]);

/** True for a name whose kind may be opened in the system's program. */
export function isOpenable(name: string): boolean {
  return openable.has(path.extname(name).toLowerCase());
}

// Characters that file systems or people's eyes take for something else: separators, controls, marks of writing direction.
// oxlint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u001f\u007f<>:"/\\|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g;
const longestName = 120;

/** A name of a letter's attachment made safe for a folder: no path, no hidden characters, not too long. */
export function safeFileName(name: string): string {
  const cleaned = name.replace(unsafe, '_').replace(/[. ]+$/, '').replace(/^\.+/, '').trim();
  const extension = path.extname(cleaned).slice(0, 16);
  const stem = cleaned.slice(0, cleaned.length - path.extname(cleaned).length).slice(0, longestName);
  const whole = `${stem}${extension}`;
  return whole === '' || /^(con|prn|aux|nul|com\d|lpt\d)$/i.test(stem) ? `файл${extension}` : whole;
}
