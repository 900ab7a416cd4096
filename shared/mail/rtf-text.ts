import iconv from 'iconv-lite';

/** Windows code pages of the `\fcharset` numbers that letters use. */
const codePageOfCharset: Readonly<Record<number, number>> = { 0: 1252, 128: 932, 134: 936, 136: 950, 161: 1253, 162: 1254, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 238: 1250 };

/** Groups that hold no text of the letter. */
const silent = new Set(['fonttbl', 'colortbl', 'stylesheet', 'info', 'pict', 'object', 'header', 'footer', 'headerl', 'headerr', 'footerl', 'footerr', 'listtable', 'listoverridetable', 'generator', 'themedata', 'datastore', 'fldinst']);

const signs: Readonly<Record<string, string>> = {
  par: '\n', line: '\n', sect: '\n', page: '\n', row: '\n', tab: '\t', cell: '\t', lquote: '‘', rquote: '’', ldblquote: '“', rdblquote: '”', bullet: '•', endash: '–', emdash: '—', emspace: ' ', enspace: ' ', qmspace: ' ',
};

interface Group {
  /** A destination that is not shown. */
  silent: boolean;
  /** `\htmlrtf`: said for readers of RTF only, left out where the HTML is wanted. */
  rtfOnly: boolean;
  fontTable: boolean;
  /** Signs that stand after `\u` for readers that know no Unicode. */
  unicodeSkip: number;
  codePage: number | null;
}

const token = /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)/g;
const MAX_GROUPS = 10_000;

export interface ReadRtf {
  readonly kind: 'html' | 'plain';
  readonly text: string;
}

/**
 * RTF → the HTML that Outlook wrapped in it (`\fromhtml1`), or else its readable text. Never throws; unknown words are passed over.
 * @param rtf one byte per character
 */
export function readRtf(rtf: Buffer): ReadRtf {
  const source = rtf.toString('latin1');
  const wrapsHtml = /\\fromhtml1\b/.test(source.slice(0, 4096));
  const out: string[] = [];
  const fonts = new Map<number, number>();
  let ansi = 1252;
  let font = 0;
  let pending: number[] = [];
  let skip = 0;
  let group: Group = { silent: false, rtfOnly: false, fontTable: false, unicodeSkip: 1, codePage: null };
  const stack: Group[] = [];
  const flush = (): void => {
    if (pending.length === 0) return;
    const page = `cp${group.codePage ?? ansi}`;
    out.push(iconv.decode(Buffer.from(pending), iconv.encodingExists(page) ? page : 'cp1252'));
    pending = [];
  };
  const shown = (): boolean => !group.silent && !(wrapsHtml && group.rtfOnly);
  const say = (text: string): void => {
    flush();
    if (shown()) out.push(text);
  };
  const word = (name: string, parameter: number | null): void => {
    flush();
    const sign = signs[name];
    if (sign !== undefined) say(sign);
    else if (name === 'u' && parameter !== null) {
      say(String.fromCharCode(parameter & 0xffff));
      skip = group.unicodeSkip;
    } else if (name === 'uc') group.unicodeSkip = Math.min(Math.max(parameter ?? 1, 0), 16);
    else if (name === 'ansicpg') ansi = parameter ?? 1252;
    else if (name === 'htmlrtf') group.rtfOnly = parameter !== 0;
    else if (name === 'fonttbl') group.fontTable = true;
    else if (name === 'f' && group.fontTable) font = parameter ?? 0;
    else if (name === 'fcharset' && group.fontTable) fonts.set(font, codePageOfCharset[parameter ?? 0] ?? 1252);
    else if (name === 'f' && parameter !== null) group.codePage = fonts.get(parameter) ?? null;
    else if (name === 'plain') group.codePage = null;
    if (silent.has(name)) group.silent = true;
  };
  token.lastIndex = 0;
  let starred = false;
  for (const [whole, name, parameter, hex, symbol, brace, text] of source.matchAll(token)) {
    if (brace === '{') {
      flush();
      if (stack.length < MAX_GROUPS) stack.push({ ...group });
      skip = 0;
    } else if (brace === '}') {
      flush();
      group = stack.pop() ?? group;
      skip = 0;
    } else if (symbol === '*') starred = true;
    else if (name !== undefined) {
      // A destination that is not known is passed over; those of wrapped HTML are its tags.
      if (starred && !(wrapsHtml && name === 'htmltag')) group.silent = true;
      starred = false;
      word(name, parameter === undefined ? null : Number(parameter));
    } else if (skip > 0 && (hex !== undefined || text !== undefined)) {
      const rest = hex !== undefined ? '' : (text ?? '').slice(skip);
      skip = Math.max(0, skip - (hex !== undefined ? 1 : (text ?? '').length));
      if (rest !== '') say(rest);
    } else if (hex !== undefined) {
      if (shown()) pending.push(Number.parseInt(hex, 16));
    } else if (symbol !== undefined) say(symbol === '~' ? '\u00a0' : symbol === '_' ? '-' : '\\{}'.includes(symbol) ? symbol : symbol === '\n' || symbol === '\r' ? '\n' : '');
    else if (text !== undefined && whole !== '') {
      flush();
      if (shown()) out.push(text);
    }
  }
  flush();
  return { kind: wrapsHtml ? 'html' : 'plain', text: out.join('') };
}
