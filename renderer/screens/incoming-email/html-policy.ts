/**
 * What of a letter's HTML may be shown: the closed lists given to the sanitiser, and the decisions about addresses and styles.
 * Pure, so that each is tested by hostile samples without a window.
 */

/** Text, tables, lists and pictures. No form, no media, no frame, no SVG or MathML, no style sheet. */
export const allowedTags: readonly string[] = [
  'a', 'abbr', 'address', 'article', 'aside', 'b', 'bdi', 'bdo', 'big', 'blockquote', 'br', 'caption', 'center', 'cite', 'code', 'col', 'colgroup', 'dd', 'del', 'dfn', 'div', 'dl', 'dt', 'em', 'figcaption',
  'figure', 'font', 'footer', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hr', 'i', 'img', 'ins', 'kbd', 'li', 'main', 'mark', 'ol', 'p', 'pre', 'q', 's', 'samp', 'section', 'small', 'span', 'strike',
  'strong', 'sub', 'sup', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'time', 'tr', 'tt', 'u', 'ul', 'var', 'wbr',
];

/** No id, name or class: nothing in a letter may be named by it. No event, no address but of a link and of a picture. */
export const allowedAttributes: readonly string[] = [
  'align', 'alt', 'bgcolor', 'border', 'cellpadding', 'cellspacing', 'color', 'cols', 'colspan', 'dir', 'face', 'height', 'href', 'lang', 'nowrap', 'rowspan', 'size', 'span', 'src', 'start', 'style', 'title',
  'type', 'valign', 'value', 'width',
];

/** Elements whose content goes with them: text of scripts and styles is not the letter. */
export const droppedWithContent: readonly string[] = ['script', 'style', 'template', 'noscript', 'title', 'head', 'object', 'embed', 'iframe', 'frame', 'frameset', 'svg', 'math', 'select', 'option', 'textarea', 'video', 'audio'];

// Control characters and blanks inside an address are skipped by browsers: `java\nscript:` is `javascript:`.
const ignored = /[\u0000-\u0020\u007f-\u00a0\u200b-\u200f\u2028-\u202f\ufeff]/g; // eslint-disable-line no-control-regex -- it is what browsers skip

/** Where a link leads if it may be opened: https, mailto or tel, as the main process allows; null otherwise. */
export function linkTarget(href: string): string | null {
  const address = href.replace(ignored, '');
  return /^(?:https:\/\/[^/]|mailto:.|tel:.)/i.test(address) && URL.canParse(address) ? address : null;
}

/** What an unprotected link says instead of opening: its whole address, to be judged; null for any other. */
export function plainLinkHint(href: string): string | null {
  const address = href.replace(ignored, '');
  return /^http:\/\/[^/]/i.test(address) && URL.canParse(address) ? `Незащищённая ссылка (http) отсюда не открывается:\n${address}` : null;
}

/** The host that a link really leads to, for its hint; the whole address for mail and phone. */
export function linkHint(target: string): string {
  const { protocol, host } = new URL(target);
  return protocol === 'https:' ? `Откроется ${host}\n${target}` : target;
}

export type PictureDecision = { readonly kind: 'show'; readonly src: string } | { readonly kind: 'remote'; readonly src: string } | { readonly kind: 'drop' };

/** What becomes of a picture: `cid:` is looked up among the letter's own, data of a raster format is shown, an outside one waits for leave. */
export function pictureDecision(src: string, inline: ReadonlyMap<string, string>): PictureDecision {
  const address = src.replace(ignored, '');
  const cid = /^cid:(.+)$/i.exec(address)?.[1];
  if (cid !== undefined) {
    const url = inline.get(contentIdKey(cid));
    return url === undefined ? { kind: 'drop' } : { kind: 'show', src: url };
  }
  if (/^data:image\/(?:png|gif|jpe?g|webp|bmp);base64,[a-z0-9+/=]+$/i.test(address)) return { kind: 'show', src: address };
  if (/^\/\/[^/]/.test(address)) return { kind: 'remote', src: `https:${address}` };
  // Fetched by https only: an open road would tell everyone on it which letter is read here.
  return /^https?:\/\/[^/]/i.test(address) && URL.canParse(address) ? { kind: 'remote', src: address.replace(/^http:/i, 'https:') } : { kind: 'drop' };
}

/** A Content-ID as it is compared: without brackets, decoded, lower case. */
export function contentIdKey(contentId: string): string {
  const bare = contentId.trim().replace(/^<|>$/g, '');
  try {
    return decodeURIComponent(bare).toLowerCase();
  } catch {
    return bare.toLowerCase(); // a lone per cent sign: the id is meant as it stands
  }
}

/** Looks only: nothing that loads, moves over the rest of the window, or is drawn by a program. */
const allowedStyle =
  /^(?:background-color|background|border(?:-(?:top|right|bottom|left))?(?:-(?:color|style|width))?|border-(?:collapse|spacing|radius)|color|direction|display|font(?:-(?:family|size|style|variant|weight))?|height|letter-spacing|line-height|list-style(?:-type)?|margin(?:-(?:top|right|bottom|left))?|(?:max|min)-(?:width|height)|mso-[a-z-]+|padding(?:-(?:top|right|bottom|left))?|table-layout|text-(?:align|decoration|indent|transform)|vertical-align|white-space|width|word-(?:break|spacing|wrap)|overflow-wrap)$/;

/** The declarations of a style attribute that may stay. */
export function safeStyle(style: string): string {
  const kept: string[] = [];
  for (const declaration of style.replace(/\/\*[\s\S]*?(?:\*\/|$)/g, '').split(';')) {
    const colon = declaration.indexOf(':');
    if (colon < 0) continue;
    const property = declaration.slice(0, colon).trim().toLowerCase();
    const value = declaration.slice(colon + 1).trim();
    // A backslash may spell any letter; a bracket is kept for colours only: url(), image-set(), expression(), attr(), var() go.
    const calls = value.toLowerCase().replace(/\b(?:rgba?|hsla?)\(/g, '');
    if (!allowedStyle.test(property) || property.startsWith('mso-') || /[\\<>@{}]/.test(value) || calls.includes('(')) continue;
    if (property === 'display' && !/^(?:block|inline|inline-block|none|table(?:-[a-z-]+)?|list-item)$/i.test(value)) continue;
    kept.push(`${property}:${value}`);
  }
  return kept.join(';');
}

/** True if the letter sets colours of its own: it is then shown on white, as its author saw it. */
export function hasOwnColours(html: string): boolean {
  return /\b(?:bgcolor|color|background(?:-color)?)\s*[:=]/i.test(html);
}
