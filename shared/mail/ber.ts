/** One value of ASN.1 in BER: definite and indefinite lengths, as signatures of mail programs have them. */
export interface Ber {
  /** The first byte: class, form and number (numbers above 30 do not occur here). */
  readonly tag: number;
  readonly constructed: boolean;
  /** With its head and, for an indefinite length, its end mark. */
  readonly whole: Buffer;
  readonly content: Buffer;
}

export const tags = { integer: 0x02, octets: 0x04, oid: 0x06, utcTime: 0x17, time: 0x18, sequence: 0x30, set: 0x31 } as const;

const MAX_DEPTH = 40;
const MAX_CHILDREN = 10_000;

class NotBer extends Error {}

interface Read {
  readonly value: Ber;
  readonly next: number;
}

/** Where the value that begins after an indefinite length ends: before its mark of two zeros. */
function endOfIndefinite(bytes: Buffer, from: number, depth: number): number {
  let at = from;
  while (!(bytes[at] === 0 && bytes[at + 1] === 0)) at = readAt(bytes, at, depth + 1).next;
  return at;
}

function readAt(bytes: Buffer, start: number, depth: number): Read {
  const tag = bytes[start];
  const first = bytes[start + 1];
  if (tag === undefined || first === undefined || (tag & 0x1f) === 0x1f || depth > MAX_DEPTH) throw new NotBer();
  const constructed = (tag & 0x20) !== 0;
  let at = start + 2;
  if (first === 0x80) {
    if (!constructed) throw new NotBer();
    const end = endOfIndefinite(bytes, at, depth);
    return { value: { tag, constructed, whole: bytes.subarray(start, end + 2), content: bytes.subarray(at, end) }, next: end + 2 };
  }
  let length = first;
  if (first > 0x80) {
    const size = first & 0x7f;
    if (size > 4 || at + size > bytes.length) throw new NotBer();
    length = bytes.readUIntBE(at, size);
    at += size;
  }
  if (at + length > bytes.length) throw new NotBer();
  return { value: { tag, constructed, whole: bytes.subarray(start, at + length), content: bytes.subarray(at, at + length) }, next: at + length };
}

/** The value at the beginning of the bytes; null if they are no BER. */
export function readBer(bytes: Buffer): Ber | null {
  try {
    return readAt(bytes, 0, 0).value;
  } catch (error) {
    if (error instanceof NotBer) return null;
    throw error;
  }
}

/** The values within a constructed value; empty for any other and for one that is damaged. */
export function childrenOf(value: Ber | undefined): readonly Ber[] {
  if (value === undefined || !value.constructed) return [];
  const found: Ber[] = [];
  try {
    for (let at = 0; at < value.content.length && found.length < MAX_CHILDREN; ) {
      const { value: child, next } = readAt(value.content, at, 0);
      found.push(child);
      at = next;
    }
  } catch (error) {
    if (error instanceof NotBer) return [];
    throw error;
  }
  return found;
}

/** The bytes of an OCTET STRING, which may come in pieces. */
export function octetsOf(value: Ber): Buffer {
  return value.constructed ? Buffer.concat(childrenOf(value).map((piece) => piece.content)) : value.content;
}

/** `1.2.840.113549.1.7.2`; empty for what is no object identifier. */
export function oidOf(value: Ber | undefined): string {
  if (value?.tag !== tags.oid || value.content.length === 0) return '';
  const numbers: number[] = [];
  let number = 0;
  for (const byte of value.content) {
    number = number * 128 + (byte & 0x7f);
    if ((byte & 0x80) !== 0) continue;
    numbers.push(number);
    number = 0;
  }
  const [head = 0, ...rest] = numbers;
  const top = Math.min(2, Math.floor(head / 40));
  return [top, head - top * 40, ...rest].join('.');
}

/** Text of any string type: UTF-8, BMP (UTF-16), or one byte a character. */
export function stringOf({ tag, content }: Ber): string {
  if (tag === 0x1e) return Buffer.from(content.subarray(0, content.length & ~1)).swap16().toString('utf16le');
  return tag === 0x14 || tag === 0x16 ? content.toString('latin1') : content.toString('utf8');
}

/** UTCTime or GeneralizedTime → UTC; null if it is neither. */
export function timeOf(value: Ber | undefined): string | null {
  if (value === undefined || (value.tag !== tags.utcTime && value.tag !== tags.time)) return null;
  const text = value.content.toString('latin1');
  const found = /^(\d{2,4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)?(?:\.\d+)?Z$/.exec(value.tag === tags.utcTime ? `${Number(text.slice(0, 2)) < 50 ? '20' : '19'}${text}` : text);
  if (found === null) return null;
  const [, year, month, day, hour, minute, second = '00'] = found;
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
  return Number.isFinite(time) ? new Date(time).toISOString() : null;
}
