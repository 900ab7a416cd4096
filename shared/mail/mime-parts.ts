import { Splitter, type MessageChunk, type MimeNode, type SplitterChunk } from '@zone-eu/mailsplit';
import libmime from 'libmime';
import libqp from 'libqp';
import { HeaderFields } from './header-fields.ts';
import { decodeHeaderText } from './header-text.ts';
import { decodeUuencoded } from './uuencode.ts';

/** Deeper parts are not shown as text: they become attachments. */
export const MAX_DEPTH = 20;
const MAX_PARTS = 1000;
/** A header of thousands of recipients is some hundred kilobytes. */
const MAX_HEADER_BYTES = 8 * 1024 * 1024;

export interface MimePart {
  readonly fields: HeaderFields;
  /** Lower case, `text/plain` if the letter does not say. */
  readonly mediaType: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly disposition: string | null;
  /** Name as decoded, before cleaning; null if none. */
  readonly name: string | null;
  readonly contentId: string | null;
  readonly depth: number;
  /** The nearest enclosing multipart/alternative, by identity; null if none. */
  readonly alternative: number | null;
  readonly multipart: boolean;
  /** Content with the transfer encoding taken off. */
  readonly content: Buffer;
}

export interface SplitLetter {
  /** The root first, then every part in order. */
  readonly parts: readonly MimePart[];
  readonly problems: readonly string[];
}

interface OpenPart {
  readonly node: MimeNode;
  readonly chunks: Buffer[];
}

/** Whether the part is text that is read as the letter itself, not a file beside it. */
export function isBody({ mediaType, disposition, name, depth, multipart }: MimePart): boolean {
  if (multipart) return true; // a multipart without a boundary: its bytes are all there is
  return (mediaType === 'text/plain' || mediaType === 'text/html') && disposition !== 'attachment' && name === null && depth <= MAX_DEPTH;
}

/** A part that came out of the wrapping `part`. */
export function madePart(part: MimePart, given: Pick<MimePart, 'mediaType' | 'content'> & Partial<MimePart>): MimePart {
  return { fields: new HeaderFields([]), parameters: {}, disposition: null, name: null, contentId: null, depth: part.depth, alternative: null, multipart: false, ...given };
}

function undoTransferEncoding(encoding: string, raw: Buffer, problems: Set<string>): Buffer {
  if (/base64/.test(encoding)) return Buffer.from(raw.toString('latin1'), 'base64');
  if (/quoted-printable/.test(encoding)) return libqp.decode(raw);
  if (/^(x-)?uu(e(ncode)?)?$/.test(encoding)) {
    const decoded = decodeUuencoded(raw);
    if (decoded !== null) return decoded;
    problems.add('Часть письма закодирована (uuencode) с ошибкой и показана без раскодирования.');
    return raw;
  }
  if (encoding !== '' && !/^(7bit|8bit|binary)/.test(encoding)) problems.add(`Неизвестный способ передачи «${encoding.slice(0, 40)}»: часть письма показана без раскодирования.`);
  return raw;
}

function structured(fields: HeaderFields, key: string): { value: string; params: Readonly<Record<string, string>>; decoded: readonly string[] } {
  const parsed = libmime.parseHeaderValue(fields.first(key) ?? '', { stripComments: true });
  return { value: parsed.value.toLowerCase().trim(), params: parsed.params, decoded: parsed.decodedParams };
}

/** The name from `filename` or `name`: RFC 2231 is decoded by the header parser, words and raw bytes here. */
function nameOf(type: ReturnType<typeof structured>, disposition: ReturnType<typeof structured>, chosen: string | null): string | null {
  for (const [header, key] of [[disposition, 'filename'], [type, 'name']] as const) {
    const value = header.params[key];
    if (value === undefined || value.trim() === '') continue;
    return header.decoded.includes(key) ? value : decodeHeaderText(value, type.params['charset'] ?? null, chosen);
  }
  return null;
}

function nearestAlternative(node: MimeNode, ids: Map<MimeNode, number>): number | null {
  for (let parent = node.parentNode; parent !== false; parent = parent.parentNode) {
    if (parent.multipart === 'alternative') return ids.get(parent) ?? null;
  }
  return null;
}

function depthOf(node: MimeNode): number {
  let depth = 0;
  for (let parent = node.parentNode; parent !== false; parent = parent.parentNode) depth += 1;
  return depth;
}

function partOf({ node, chunks }: OpenPart, ids: Map<MimeNode, number>, problems: Set<string>, chosen: string | null): MimePart {
  const fields = new HeaderFields(node.headers === false ? [] : node.headers.getList());
  const type = structured(fields, 'content-type');
  const disposition = structured(fields, 'content-disposition');
  const encoding = (fields.first('content-transfer-encoding') ?? '').replace(/\([^)]*\)|["\s]/g, '').toLowerCase();
  return {
    fields,
    mediaType: /^[\w.+-]+\/[\w.+-]+$/.test(type.value) ? type.value : node.contentType !== false && /^[\w.+-]+\/[\w.+-]+$/.test(node.contentType) ? node.contentType : 'text/plain',
    parameters: type.params,
    disposition: disposition.value === '' ? null : disposition.value,
    name: nameOf(type, disposition, chosen),
    contentId: fields.first('content-id')?.replace(/^<|>$/g, '').trim() || null,
    depth: depthOf(node),
    alternative: nearestAlternative(node, ids),
    multipart: node.multipart !== false,
    content: undoTransferEncoding(node.multipart === false ? encoding : '', Buffer.concat(chunks), problems),
  };
}

/** Cuts a letter into its parts; a letter within a letter stays whole. Never rejects: what could not be cut is named in `problems`. `chosen` is the charset a person reads its names in. */
export async function splitLetter(raw: Uint8Array, chosen: string | null = null): Promise<SplitLetter> {
  const problems = new Set<string>();
  const open = new Map<MimeNode, OpenPart>();
  const splitter = new Splitter({ ignoreEmbedded: true, maxHeadSize: MAX_HEADER_BYTES, maxChildNodes: MAX_PARTS });
  const openPart = (node: MimeNode): OpenPart => {
    const part = open.get(node) ?? { node, chunks: [] };
    open.set(node, part);
    return part;
  };
  try {
    splitter.end(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
    for await (const chunk of splitter as AsyncIterable<SplitterChunk | MessageChunk>) { // what its `data` event is declared to give
      if (chunk.type === 'node') openPart(chunk);
      else if (chunk.type === 'body' && chunk.value) openPart(chunk.node).chunks.push(chunk.value);
      // A multipart without a usable boundary has all its text outside of parts: it is shown as it is.
      else if (chunk.type === 'data' && chunk.value && chunk.node.multipart !== false && chunk.node._boundary === false) openPart(chunk.node).chunks.push(chunk.value);
    }
  } catch (error) {
    const tooMany = error instanceof Error && 'code' in error && error.code === 'EMAXLEN';
    problems.add(tooMany ? 'Письмо состоит из слишком многих частей или его заголовок слишком велик: показано начало, остальное — в исходном письме.' : 'Письмо построено с ошибками: показано, что удалось прочитать, остальное — в исходном письме.');
  }
  const nodes = [...open.values()];
  const ids = new Map(nodes.map(({ node }, index) => [node, index]));
  const parts = nodes.map((part) => partOf(part, ids, problems, chosen));
  if (parts.some(({ depth }) => depth > MAX_DEPTH)) problems.add('Части письма вложены слишком глубоко: глубокие части показаны как вложения.');
  return { parts, problems: [...problems] };
}
