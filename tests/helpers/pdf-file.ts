import { createHash } from 'node:crypto';

interface PdfContent {
  /** One text of Latin letters to a page. */
  readonly pages: readonly string[];
  /** Objects of the document's catalogue: `/OpenAction …`. */
  readonly catalogue?: string;
  /** Entries of every page: `/Annots […]`. */
  readonly page?: string;
  /** The file is locked by this password (RC4, revision 2). */
  readonly password?: string;
}

const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
const fileId = Buffer.alloc(16, 7);
const permissions = -4;

const md5 = (...parts: readonly Uint8Array[]): Buffer => parts.reduce((hash, part) => hash.update(part), createHash('md5')).digest();
const padded = (password: string): Buffer => Buffer.concat([Buffer.from(password, 'latin1'), padding]).subarray(0, 32);

function rc4(key: Uint8Array, content: Uint8Array): Buffer {
  const box = Array.from({ length: 256 }, (_, n) => n);
  const at = (n: number): number => box[n & 255] ?? 0;
  const swap = (a: number, b: number): void => {
    [box[a & 255], box[b & 255]] = [at(b), at(a)];
  };
  for (let n = 0, other = 0; n < 256; n += 1) {
    other = (other + at(n) + (key[n % key.length] ?? 0)) & 255;
    swap(n, other);
  }
  let [first, second] = [0, 0];
  return Buffer.from(
    content.map((byte) => {
      first = (first + 1) & 255;
      second = (second + at(first)) & 255;
      swap(first, second);
      return byte ^ at(at(first) + at(second));
    }),
  );
}

/** Key of the file and its /Encrypt entry, as the format's standard handler of revision 2 makes them. */
function lock(password: string): { readonly key: Buffer; readonly entry: string } {
  const owner = rc4(md5(padded('owner')).subarray(0, 5), padded(password));
  const rights = Buffer.alloc(4);
  rights.writeInt32LE(permissions);
  const key = md5(padded(password), owner, rights, fileId).subarray(0, 5);
  return { key, entry: `/Encrypt << /Filter /Standard /V 1 /R 2 /P ${permissions} /O <${owner.toString('hex')}> /U <${rc4(key, padding).toString('hex')}> >>` };
}

/** A PDF of A4 pages, small and whole: cross-reference table, Helvetica, one line of text to a page. */
export function pdfFile({ pages, catalogue = '', page = '', password }: PdfContent): Buffer {
  const locked = password === undefined ? null : lock(password);
  const streamOf = (text: string, number: number): Buffer => {
    const plain = Buffer.from(`BT /F1 24 Tf 72 740 Td (${text}) Tj ET`, 'latin1');
    if (locked === null) return plain;
    return rc4(md5(locked.key, Buffer.from([number & 255, number >> 8, 0, 0, 0])).subarray(0, 10), plain);
  };
  const objects: Buffer[] = [
    Buffer.from(`<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`),
    Buffer.from(`<< /Type /Pages /Count ${pages.length} /Kids [${pages.map((_, n) => `${4 + n * 2} 0 R`).join(' ')}] >>`),
    Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>'),
  ];
  for (const [n, text] of pages.entries()) {
    const content = streamOf(text, 5 + n * 2);
    objects.push(Buffer.from(`<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents ${5 + n * 2} 0 R ${page} >>`));
    objects.push(Buffer.concat([Buffer.from(`<< /Length ${content.length} >>\nstream\n`), content, Buffer.from('\nendstream')]));
  }
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0]?.length ?? 0;
  for (const [n, object] of objects.entries()) {
    offsets.push(length);
    const whole = Buffer.concat([Buffer.from(`${n + 1} 0 obj\n`), object, Buffer.from('\nendobj\n')]);
    parts.push(whole);
    length += whole.length;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  parts.push(Buffer.from(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /ID [<${fileId.toString('hex')}> <${fileId.toString('hex')}>] ${locked?.entry ?? ''} >>\nstartxref\n${length}\n%%EOF\n`));
  return Buffer.concat(parts);
}
