/** A file that stood in the text of a letter. */
export interface TextFile {
  readonly name: string;
  readonly content: Buffer;
}

const begin = /^begin(-base64)? [0-7]{3,4} +(\S.*)$/;

/** One line of uuencode: its first sign tells how many bytes it holds. Small letters do not occur, so that hardly any words pass for it. Null if it is none. */
function decodeLine(line: string): Buffer | null {
  const length = (line.charCodeAt(0) - 0x20) & 0x3f;
  const groups = Math.ceil(length / 3);
  if (line === '' || /[^ -`]/.test(line) || line.length > 2 + groups * 4) return null; // one more may be a check sum
  const bytes = Buffer.alloc(groups * 3);
  for (let group = 0; group < groups; group += 1) {
    let value = 0;
    // Blanks at the end of a line are lost on the way: they stand for nought, as «`» does.
    for (let sign = 0; sign < 4; sign += 1) value = (value << 6) | (((line.charCodeAt(1 + group * 4 + sign) || 0x20) - 0x20) & 0x3f);
    bytes.writeUIntBE(value, group * 3, 3);
  }
  return bytes.subarray(0, length);
}

/** The file that begins at that line: its bytes and the line after its end; null if it is no file at all or was cut off. */
function decodeFile(lines: readonly string[], from: number, isBase64: boolean): { readonly content: Buffer; readonly next: number } | null {
  const chunks: Buffer[] = [];
  for (let at = from; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    if (isBase64 ? /^={4}\s*$/.test(line) : /^end\s*$/.test(line)) return { content: Buffer.concat(chunks), next: at + 1 };
    if (isBase64 && !/^[A-Za-z0-9+/]+=*\s*$/.test(line)) return null;
    const chunk = isBase64 ? Buffer.from(line, 'base64') : decodeLine(line.trimEnd() === '' ? '`' : line);
    if (chunk === null) return null;
    chunks.push(chunk);
  }
  return null;
}

/**
 * Takes uuencoded files out of a text; where one stood the text says so. What only looks like one, or is cut off, stays as it is.
 * @param text lines end with LF or CRLF
 */
export function takeUuencoded(text: string): { readonly text: string; readonly files: readonly TextFile[] } {
  if (!/^begin(-base64)? [0-7]{3,4} /m.test(text)) return { text, files: [] };
  const lines = text.split(/\r?\n/);
  const kept: string[] = [];
  const files: TextFile[] = [];
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const found = begin.exec(line);
    const file = found === null ? null : decodeFile(lines, at + 1, found[1] !== undefined);
    if (found === null || file === null) {
      kept.push(line);
      continue;
    }
    const name = (found[2] ?? '').trim();
    files.push({ name, content: file.content });
    kept.push(`[Файл «${name}» — во вложениях]`);
    at = file.next - 1;
  }
  return { text: kept.join('\n'), files };
}

/** The content of a part sent as `Content-Transfer-Encoding: x-uuencode`; null if it is not that. */
export function decodeUuencoded(raw: Uint8Array): Buffer | null {
  return takeUuencoded(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength).toString('latin1')).files[0]?.content ?? null;
}

/** Names of the files that stand in a text as yEnc, which letters are not made for: it is left as it is. */
export function yencNames(text: string): readonly string[] {
  return [...text.matchAll(/^=ybegin (?=.*\bline=\d+)(?=.*\bsize=\d+).*\bname=(.+?)\s*$/gm)].map((found) => found[1] ?? '');
}
