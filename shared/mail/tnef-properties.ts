import iconv from 'iconv-lite';

const MULTIPLE = 0x1000;
const fixedSizes: Readonly<Record<number, number>> = { 0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0a: 4, 0x0b: 4, 0x14: 8, 0x40: 8, 0x48: 16 };
const UNICODE = 0x1f;
const variable = new Set([0x0d, 0x1e, UNICODE, 0x102]);

export interface MapiValue {
  readonly type: number;
  readonly bytes: Buffer;
}

const padded = (length: number): number => (length + 3) & ~3;

/** The properties of a message or of an attachment by their number (PR_…), the first value of each. A list that is cut off ends early. */
export function readProperties(data: Buffer): ReadonlyMap<number, MapiValue> {
  const found = new Map<number, MapiValue>();
  let at = 4;
  const has = (bytes: number): boolean => bytes >= 0 && at + bytes <= data.length;
  for (let left = data.length < 4 ? 0 : data.readUInt32LE(0); left > 0 && has(4); left -= 1) {
    const type = data.readUInt16LE(at);
    const id = data.readUInt16LE(at + 2);
    at += 4;
    if (id >= 0x8000) {
      if (!has(24)) break;
      const isNamed = data.readUInt32LE(at + 16) === 1;
      const length = data.readUInt32LE(at + 20);
      at += isNamed ? 24 + padded(length) : 24;
    }
    const base = type & ~MULTIPLE;
    const isMultiple = (type & MULTIPLE) !== 0;
    const size = fixedSizes[base];
    let count = 1;
    if (isMultiple || variable.has(base)) {
      if (!has(4)) break;
      count = data.readUInt32LE(at);
      at += 4;
    } else if (size === undefined) break; // a kind that is not known: where it ends is not known either
    for (let value = 0; value < count; value += 1) {
      let length = size ?? 0;
      if (variable.has(base)) {
        if (!has(4)) return found;
        length = data.readUInt32LE(at);
        at += 4;
      } else if (size === undefined) return found;
      if (!has(length)) return found;
      if (value === 0 && !found.has(id)) found.set(id, { type: base, bytes: data.subarray(at, at + length) });
      at += padded(length);
    }
  }
  return found;
}

/** Text of a property; `codePage` is the message's for those that are not Unicode. Empty if there is none. */
export function textOf(value: MapiValue | undefined, codePage: string): string {
  if (value === undefined) return '';
  const text = value.type === UNICODE ? value.bytes.subarray(0, value.bytes.length & ~1).toString('utf16le') : iconv.decode(value.bytes, codePage);
  return text.replace(/\0[\s\S]*$/, '');
}
