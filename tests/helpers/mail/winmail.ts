import iconv from 'iconv-lite';

export interface WinmailFile {
  readonly name: string;
  readonly content: Buffer;
  readonly mediaType?: string;
  /** Only the short name of old programs, in windows-1251. */
  readonly oldName?: boolean;
}

export interface Winmail {
  readonly subject?: string;
  readonly text?: string;
  readonly html?: string;
  /** RTF as it is before Outlook packs it. */
  readonly rtf?: string;
  readonly files?: readonly WinmailFile[];
  /** A message within the message. */
  readonly message?: Winmail;
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)]);

function attribute(level: 1 | 2, id: number, data: Buffer): Buffer {
  const sum = data.reduce((total, byte) => (total + byte) & 0xffff, 0);
  return Buffer.concat([Buffer.from([level]), u32(id), u32(data.length), data, Buffer.from([sum & 0xff, sum >> 8])]);
}

const property = (type: number, id: number, value: Buffer): Buffer => Buffer.concat([Buffer.from([type & 0xff, type >> 8, id & 0xff, id >> 8]), value]);
const variable = (type: number, id: number, bytes: Buffer): Buffer => property(type, id, Buffer.concat([u32(1), u32(bytes.length), padded(bytes)]));
const unicode = (id: number, text: string): Buffer => variable(0x1f, id, Buffer.from(`${text}\0`, 'utf16le'));
const properties = (list: readonly Buffer[]): Buffer => Buffer.concat([u32(list.length), ...list]);

/** Outlook's container around RTF that it did not compress. */
export const plainRtf = (rtf: Buffer): Buffer => Buffer.concat([u32(rtf.length + 12), u32(rtf.length), Buffer.from('MELA'), u32(0), rtf]);

/** Writes winmail.dat (TNEF), as Outlook does. */
export function winmail({ subject = '', text, html, rtf, files = [], message }: Winmail): Buffer {
  const message_ = [
    unicode(0x0037, subject),
    // A named property, one of several values and one of a date, to be passed over rightly.
    property(0x1f, 0x8001, Buffer.concat([Buffer.alloc(16, 7), u32(1), u32(10), padded(Buffer.from('Имя\0\0', 'utf16le')), u32(1), u32(6), padded(Buffer.from('да\0', 'utf16le'))])),
    property(0x101f, 0x8002, Buffer.concat([Buffer.alloc(16, 7), u32(0), u32(5), u32(2), u32(4), Buffer.from('a\0b\0'), u32(2), padded(Buffer.from('c\0'))])),
    property(0x40, 0x0039, Buffer.alloc(8, 1)),
    ...(text === undefined ? [] : [variable(0x1e, 0x1000, iconv.encode(`${text}\0`, 'win1251'))]),
    ...(html === undefined ? [] : [property(0x03, 0x3fde, u32(65001)), variable(0x102, 0x1013, Buffer.from(html, 'utf8'))]),
    ...(rtf === undefined ? [] : [variable(0x102, 0x1009, plainRtf(Buffer.from(rtf, 'latin1')))]),
  ];
  const fileAttributes = files.flatMap(({ name, content, mediaType, oldName = false }) => [
    attribute(2, 0x0006_9002, Buffer.alloc(14)),
    attribute(2, 0x0001_8010, iconv.encode(`${oldName ? name : name.slice(0, 8)}\0`, 'win1251')),
    attribute(2, 0x0006_800f, content),
    ...(oldName ? [] : [attribute(2, 0x0006_9005, properties([unicode(0x3707, name), ...(mediaType === undefined ? [] : [unicode(0x370e, mediaType)])]))]),
  ]);
  const inner = message === undefined ? [] : [attribute(2, 0x0006_9002, Buffer.alloc(14)), attribute(2, 0x0006_9005, properties([unicode(0x3001, message.subject ?? ''), variable(0x0d, 0x3701, Buffer.concat([Buffer.alloc(16, 9), winmail(message)]))]))];
  return Buffer.concat([u32(0x223e_9f78), Buffer.from([1, 0]), attribute(1, 0x0006_9007, Buffer.concat([u32(1251), u32(0)])), attribute(1, 0x0006_9003, properties(message_)), ...fileAttributes, ...inner]);
}
