/** What the dictionary holds at the start ([MS-OXRTFCP] 2.1.2.1). */
const initial =
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx';

const COMPRESSED = 0x75465a4c;
const UNCOMPRESSED = 0x414c454d;
/** The text of a letter: whatever the head promises, no more is unpacked. */
const MAX_RTF = 16 * 1024 * 1024;

function unpack(packed: Buffer, size: number): Buffer {
  const dictionary = Buffer.alloc(4096, 0x20);
  let write = dictionary.write(initial, 'latin1');
  const out = Buffer.alloc(size);
  let length = 0;
  const put = (byte: number): void => {
    out[length] = byte;
    length += 1;
    dictionary[write] = byte;
    write = (write + 1) & 0xfff;
  };
  let at = 0;
  while (at < packed.length && length < size) {
    const control = packed[at] ?? 0;
    at += 1;
    for (let bit = 0; bit < 8 && at < packed.length && length < size; bit += 1) {
      if ((control & (1 << bit)) === 0) {
        put(packed[at] ?? 0);
        at += 1;
        continue;
      }
      if (at + 1 >= packed.length) return out.subarray(0, length);
      const reference = packed.readUInt16BE(at);
      at += 2;
      const offset = reference >> 4;
      if (offset === write) return out.subarray(0, length); // the end is told by pointing at itself
      for (let step = 0; step < (reference & 0xf) + 2 && length < size; step += 1) put(dictionary[(offset + step) & 0xfff] ?? 0);
    }
  }
  return out.subarray(0, length);
}

/** Compressed RTF of Outlook → RTF, one byte per character; null if it is not that. At most 16 MB are unpacked. */
export function decompressRtf(packed: Buffer): Buffer | null {
  if (packed.length < 16) return null;
  const size = Math.min(packed.readUInt32LE(4), MAX_RTF);
  const kind = packed.readUInt32LE(8);
  if (kind === UNCOMPRESSED) return packed.subarray(16, 16 + size);
  return kind === COMPRESSED ? unpack(packed.subarray(16), size) : null;
}
