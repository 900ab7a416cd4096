import iconv from 'iconv-lite';
import { decompressRtf } from './rtf-compression.ts';
import { readRtf } from './rtf-text.ts';
import { readProperties, textOf, type MapiValue } from './tnef-properties.ts';

const SIGNATURE = 0x223e9f78;
const MAX_ATTRIBUTES = 20_000;
const MAX_FILES = 1000;
/** Messages within messages that are opened; deeper ones stay closed. */
const MAX_DEPTH = 5;

/** Attributes of the container. */
const attribute = { subject: 0x8004, body: 0x800c, data: 0x800f, title: 0x8010, newFile: 0x9002, messageProperties: 0x9003, fileProperties: 0x9005, codePage: 0x9007 } as const;
/** Properties (PR_…). */
const property = { subject: 0x0037, body: 0x1000, rtf: 0x1009, html: 0x1013, data: 0x3701, fileName: 0x3704, longName: 0x3707, displayName: 0x3001, mediaType: 0x370e, contentId: 0x3712, codePage: 0x3fde } as const;
const OBJECT = 0x0d;

export interface TnefFile {
  readonly name: string;
  /** Empty if it does not say. */
  readonly mediaType: string;
  readonly contentId: string | null;
  readonly content: Buffer;
}

/** What Outlook packed into winmail.dat. */
export interface Tnef {
  readonly subject: string;
  readonly body: { readonly kind: 'plain' | 'html'; readonly text: string } | null;
  readonly files: readonly TnefFile[];
  /** It ends in the middle: what stands before was read. */
  readonly cut: boolean;
}

interface OpenFile {
  title: Buffer;
  data: Buffer;
  properties: ReadonlyMap<number, MapiValue>;
}

interface Attributes {
  readonly message: ReadonlyMap<number, Buffer>;
  readonly files: readonly OpenFile[];
  readonly cut: boolean;
}

function readAttributes(bytes: Buffer): Attributes {
  const message = new Map<number, Buffer>();
  const files: OpenFile[] = [];
  let at = 6;
  for (let count = 0; at < bytes.length && count < MAX_ATTRIBUTES; count += 1) {
    if (at + 9 > bytes.length) return { message, files, cut: true };
    const isFile = bytes[at] === 2;
    const id = bytes.readUInt16LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    at += 9;
    if (at + length > bytes.length) return { message, files, cut: true };
    const data = bytes.subarray(at, at + length);
    at += length + 2; // the sum after it tells nothing that would help
    if (!isFile) message.set(id, data);
    else if (id === attribute.newFile) files.push({ title: Buffer.alloc(0), data: Buffer.alloc(0), properties: new Map() });
    const open = files.at(-1);
    if (!isFile || open === undefined) continue;
    if (id === attribute.title) open.title = data;
    else if (id === attribute.data) open.data = data;
    else if (id === attribute.fileProperties) open.properties = readProperties(data);
  }
  return { message, files: files.slice(0, MAX_FILES), cut: false };
}

function knownPage(page: number): string {
  const name = page === 65001 ? 'utf-8' : page === 20866 ? 'koi8-r' : `cp${page}`;
  return iconv.encodingExists(name) ? name : 'cp1251'; // Russian mail, where the program does not say
}

function bodyOf(message: ReadonlyMap<number, Buffer>, properties: ReadonlyMap<number, MapiValue>, codePage: string): Tnef['body'] {
  const html = properties.get(property.html);
  if (html !== undefined && html.bytes.length > 0) {
    const page = properties.get(property.codePage)?.bytes;
    return { kind: 'html', text: html.type === 0x102 ? iconv.decode(html.bytes, page === undefined || page.length < 4 ? codePage : knownPage(page.readUInt32LE(0))) : textOf(html, codePage) };
  }
  const packed = properties.get(property.rtf);
  const rtf = packed === undefined ? null : decompressRtf(packed.bytes);
  if (rtf !== null && rtf.length > 0) {
    const read = readRtf(rtf);
    if (read.text.trim() !== '') return read;
  }
  const text = textOf(properties.get(property.body), codePage) || iconv.decode(message.get(attribute.body) ?? Buffer.alloc(0), codePage).replace(/\0[\s\S]*$/, '');
  return text.trim() === '' ? null : { kind: 'plain', text };
}

/** A message within the message: its files, and its words as a file. */
function filesOfMessage(inner: Tnef, name: string): readonly TnefFile[] {
  const called = (inner.subject || name || 'Вложенное письмо').slice(0, 150);
  const words: readonly TnefFile[] = inner.body === null ? [] : [{ name: `${called}.${inner.body.kind === 'html' ? 'html' : 'txt'}`, mediaType: inner.body.kind === 'html' ? 'text/html' : 'text/plain', contentId: null, content: Buffer.from(inner.body.text, 'utf8') }];
  return [...words, ...inner.files];
}

function filesOf({ title, data, properties }: OpenFile, codePage: string, depth: number): readonly TnefFile[] {
  const name = textOf(properties.get(property.longName), codePage) || textOf(properties.get(property.fileName), codePage) || iconv.decode(title, codePage).replace(/\0[\s\S]*$/, '') || textOf(properties.get(property.displayName), codePage);
  const own = properties.get(property.data);
  if (own?.type === OBJECT && depth < MAX_DEPTH) {
    const inner = decodeTnef(own.bytes.subarray(16), depth + 1);
    if (inner !== null) return filesOfMessage(inner, name);
  }
  const content = data.length > 0 ? data : (own?.bytes ?? data);
  return [{ name, mediaType: textOf(properties.get(property.mediaType), 'latin1').toLowerCase(), contentId: textOf(properties.get(property.contentId), 'latin1').replace(/^<|>$/g, '') || null, content }];
}

/** winmail.dat → what is in it; null if it is not that. Never throws for any bytes; nothing larger than the container comes out but the text (16 MB at most). */
export function decodeTnef(bytes: Buffer, depth = 0): Tnef | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== SIGNATURE) return null;
  const { message, files, cut } = readAttributes(bytes);
  const properties = readProperties(message.get(attribute.messageProperties) ?? Buffer.alloc(0));
  const page = message.get(attribute.codePage);
  const codePage = knownPage(page === undefined || page.length < 4 ? 1251 : page.readUInt32LE(0));
  return {
    subject: textOf(properties.get(property.subject), codePage) || iconv.decode(message.get(attribute.subject) ?? Buffer.alloc(0), codePage).replace(/\0[\s\S]*$/, ''),
    body: bodyOf(message, properties, codePage),
    files: files.flatMap((file) => filesOf(file, codePage, depth)),
    cut,
  };
}
