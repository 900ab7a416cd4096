/** uuencode, as mail programs before MIME sent files. */
export function uuencode(name: string, content: Buffer, isPadded = true): string {
  const sign = (value: number): string => String.fromCharCode(value === 0 ? 0x60 : 0x20 + value);
  const lines: string[] = [];
  for (let at = 0; at < content.length; at += 45) {
    const piece = content.subarray(at, at + 45);
    let line = sign(piece.length);
    for (let byte = 0; byte < piece.length; byte += 3) {
      const value = ((piece[byte] ?? 0) << 16) | ((piece[byte + 1] ?? 0) << 8) | (piece[byte + 2] ?? 0);
      line += [18, 12, 6, 0].map((shift) => sign((value >> shift) & 0x3f)).join('');
    }
    lines.push(isPadded ? line : line.replaceAll('`', ' ').trimEnd());
  }
  return [`begin 644 ${name}`, ...lines, '`', 'end'].join('\r\n');
}
