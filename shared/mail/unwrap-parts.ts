import type { LetterSignature } from '../domain/incoming-email/model.ts';
import { isBody, madePart, splitLetter, type MimePart } from './mime-parts.ts';
import { checkSignatures, readCms } from './signed-data.ts';
import { decodeTnef } from './tnef.ts';

/** Containers within containers that are opened; a deeper one stays a file. */
const MAX_LAYERS = 5;
/** Keeps the groups of alternatives of one layer apart from those of another. */
const LAYER_IDS = 100_000;

export interface UnwrappedLetter {
  readonly parts: readonly MimePart[];
  /** The outermost first. */
  readonly signatures: readonly LetterSignature[];
}

interface Unwrapping {
  readonly parts: MimePart[];
  /** Words of winmail.dat: shown only where the letter has no text of its own. */
  readonly spareBodies: MimePart[];
  readonly signatures: LetterSignature[];
  readonly problems: Set<string>;
  /** The charset a person reads the letter in. */
  readonly chosen: string | null;
}

const isContainer = (type: string, name: string | null): boolean => /^application\/(x-)?pkcs7-mime$/.test(type) || (/\.p7m$/i.test(name ?? '') && type === 'application/octet-stream');
const isTnef = (type: string, name: string | null): boolean => /^application\/(vnd\.)?ms-tnef$/.test(type) || /^winmail\.dat$/i.test(name ?? '');

/** The bytes of the first part of a multipart, as they were signed: from the line after its first delimiter to the line end before the second. */
function firstPartBytes(raw: Buffer, boundary: string): Buffer | null {
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  let start = -1;
  for (let at = raw.indexOf(delimiter); at >= 0; at = raw.indexOf(delimiter, at + 1)) {
    if (at > 0 && raw[at - 1] !== 0x0a) continue;
    if (start >= 0) return raw.subarray(start, raw[at - 2] === 0x0d ? at - 2 : at - 1);
    const lineEnd = raw.indexOf(0x0a, at);
    if (lineEnd < 0) return null;
    start = lineEnd + 1;
  }
  return null;
}

/** The forms in which the signed bytes may stand here: as they came, and with the line ends of mail, which some stores take off. */
function signedForms(bytes: Buffer): readonly Buffer[] {
  const forms = [bytes];
  if (bytes.some((byte, at) => byte === 0x0a && bytes[at - 1] !== 0x0d)) forms.push(Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1'));
  return [...forms, ...forms.map((form) => Buffer.concat([form, Buffer.from('\r\n')]))];
}

function readDetached(raw: Buffer, signed: MimePart, following: readonly MimePart[], { signatures, problems }: Unwrapping): void {
  const signature = following.find(({ depth, mediaType }) => depth === signed.depth + 1 && /^application\/(x-)?pkcs7-signature$/.test(mediaType));
  if (signature === undefined) {
    if (!/pgp/i.test(signed.parameters['protocol'] ?? '')) problems.add('Письмо названо подписанным, но подписи в нём нет.');
    return;
  }
  const cms = readCms(signature.content);
  const content = firstPartBytes(raw, signed.parameters['boundary'] ?? '');
  const found = cms?.kind === 'signed' && content !== null ? checkSignatures(cms.signedData, signedForms(content)) : [];
  if (found.length === 0) problems.add('Подпись письма (S/MIME) прочитать не удалось.');
  signatures.push(...found);
}

async function openContainer(part: MimePart, layer: number, found: Unwrapping): Promise<void> {
  const cms = readCms(part.content);
  if (cms?.kind === 'encrypted') found.problems.add('Письмо зашифровано (S/MIME): здесь его прочитать нельзя. Сохраните исходник (.eml) и откройте его в почтовой программе, где есть ключ.');
  else if (cms === null) found.problems.add('Содержимое письма в виде S/MIME прочитать не удалось: оно во вложении.');
  if (cms?.kind !== 'signed' || cms.content === null || layer >= MAX_LAYERS) {
    found.parts.push(part);
    return;
  }
  found.signatures.push(...checkSignatures(cms.signedData, [cms.content]));
  const inner = await splitLetter(cms.content, found.chosen);
  for (const problem of inner.problems) found.problems.add(problem);
  const shifted = inner.parts.map((one) => ({ ...one, depth: one.depth + part.depth + 1, alternative: one.alternative === null ? part.alternative : one.alternative + LAYER_IDS * layer }));
  await unwrapInto(cms.content, shifted, layer + 1, found);
}

function openTnef(part: MimePart, { parts, spareBodies, problems }: Unwrapping): void {
  const tnef = decodeTnef(part.content);
  if (tnef === null) {
    problems.add(`Файл «${part.name ?? 'winmail.dat'}» повреждён: вложения из него достать не удалось.`);
    parts.push(part);
    return;
  }
  if (tnef.cut) problems.add(`Файл «${part.name ?? 'winmail.dat'}» обрывается: из него достали то, что удалось прочитать. Сам он — тоже во вложениях.`);
  const { body } = tnef;
  if (body !== null) spareBodies.push(madePart(part, { mediaType: body.kind === 'html' ? 'text/html' : 'text/plain', parameters: { charset: 'utf-8' }, content: Buffer.from(body.text, 'utf8') }));
  for (const { name, mediaType, contentId, content } of tnef.files) {
    parts.push(madePart(part, { name, contentId, content, disposition: 'attachment', mediaType: /^[\w.+-]+\/[\w.+-]+$/.test(mediaType) ? mediaType : 'application/octet-stream' }));
  }
  if (tnef.cut) parts.push(part);
}

/** A letter cut by the sender's server (RFC 2046 §5.2.2): each piece is a letter of its own here, and says so. */
function namePartial(part: MimePart, { parts, problems }: Unwrapping): void {
  const [number, total] = [part.parameters['number'], part.parameters['total']].map((text) => (/^\d{1,5}$/.test(text ?? '') ? Number(text) : null));
  if (number === 1 && total === 1) {
    parts.push({ ...part, mediaType: 'message/rfc822' });
    return;
  }
  const which = `часть ${number ?? '?'}${total ? ` из ${total}` : ''}`;
  problems.add(`Это ${which} письма, разрезанного при отправке: остальные приходят отдельными письмами, сами они не соединяются. Попросите прислать письмо целиком.`);
  parts.push(madePart(part, { name: `${which[0]?.toUpperCase()}${which.slice(1)}.txt`, mediaType: 'text/plain', disposition: 'attachment', content: part.content }));
}

async function unwrapInto(raw: Buffer, parts: readonly MimePart[], layer: number, found: Unwrapping): Promise<void> {
  for (const [index, part] of parts.entries()) {
    if (part.multipart && part.mediaType === 'multipart/signed') readDetached(raw, part, parts.slice(index + 1), found);
    if (!part.multipart && isContainer(part.mediaType, part.name)) await openContainer(part, layer, found);
    else if (!part.multipart && isTnef(part.mediaType, part.name)) openTnef(part, found);
    else if (part.mediaType === 'message/partial') namePartial(part, found);
    else found.parts.push(part);
  }
}

/** Takes the parts of a letter out of their wrappings: opaque S/MIME and winmail.dat; checks its signatures. What went wrong is added to `problems`. */
export async function unwrapParts(raw: Buffer, parts: readonly MimePart[], problems: Set<string>, chosen: string | null): Promise<UnwrappedLetter> {
  const found: Unwrapping = { parts: [], spareBodies: [], signatures: [], problems, chosen };
  await unwrapInto(raw, parts, 1, found);
  const hasText = found.parts.some((part) => isBody(part) && part.content.toString('latin1').trim() !== '');
  return { parts: hasText ? found.parts : [...found.parts, ...found.spareBodies], signatures: found.signatures };
}
