import iconv from 'iconv-lite';
import { Random } from '../../simulation/random.ts';
import { makeSigner, signContent } from './signed-letter.ts';
import { uuencode } from './uuencode.ts';
import { winmail } from './winmail.ts';

/** A letter made from a seed: the same seed gives the same bytes. */
export interface RandomLetter {
  readonly seed: number;
  readonly raw: Buffer;
  /** Bytes were spoilt after it was built: only that it arrives may be expected of it. */
  readonly damaged: boolean;
  /** A letter within it stays whole: what is in that may still be encoded. */
  readonly holdsLetter: boolean;
  /** Words that must be found in its text, its HTML or its files if it is whole. */
  readonly marks: readonly string[];
}

const charsets = ['utf-8', 'windows-1251', 'koi8-r', 'iso-8859-5', 'cp866'] as const;
const russian = ['Прошу сообщить срок подключения', 'Отключили электричество в посёлке', 'Направляю документы по договору', 'Жалоба на напряжение', 'Показания счётчика за ноябрь'] as const;
/** The slow part, once; by curve, for its signing is quick. */
const signer = makeSigner({ key: 'ec' });

class LetterBuilder {
  readonly random: Random;
  readonly seed: number;
  readonly marks: string[] = [];
  holdsLetter = false;
  #count = 0;

  constructor(seed: number) {
    this.random = new Random(seed);
    this.seed = seed;
  }

  of<T>(...values: readonly T[]): T {
    return values[this.random.between(0, values.length - 1)] as T; // never empty: every call names its values
  }

  /** A word of its own for each piece of content. */
  mark(): string {
    const mark = `mark${this.seed}x${this.#count}z`;
    this.#count += 1;
    this.marks.push(mark);
    return mark;
  }

  words(): string {
    return Array.from({ length: this.random.between(1, 4) }, () => this.of(...russian)).join('. ');
  }

  /** A header value as programs write it: encoded words, raw bytes of some charset, or plain. */
  headerText(text: string): Buffer {
    const charset = this.of(...charsets);
    const bytes = iconv.encode(text, charset);
    switch (this.random.between(0, 3)) {
      case 0: return Buffer.from(`=?${charset}?B?${bytes.toString('base64')}?=`);
      case 1: return Buffer.from(`=?${charset}?Q?${[...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('')}?=`);
      case 2: return bytes;
      default: return Buffer.from(text.replace(/[^\x20-\x7e]/g, 'x'));
    }
  }

  transfer(content: Buffer): { readonly header: string; readonly body: Buffer } {
    const kind = this.random.between(0, 2);
    if (kind === 0) return { header: `Content-Transfer-Encoding: ${this.of('base64', 'BASE64', '"base64"')}`, body: Buffer.from(content.toString('base64').replace(/(.{76})/g, '$1\r\n')) };
    if (kind === 1) {
      const quoted = [...content].map((byte) => (byte === 0x0d || byte === 0x0a || (byte > 0x20 && byte < 0x7f && byte !== 0x3d) ? String.fromCharCode(byte) : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`)).join('');
      return { header: 'Content-Transfer-Encoding: quoted-printable', body: Buffer.from(quoted, 'latin1') };
    }
    return { header: `Content-Transfer-Encoding: ${this.of('8bit', '7bit', 'binary')}`, body: content };
  }

  text(): Buffer {
    const charset = this.of(...charsets);
    const isHtml = this.random.chance(0.4);
    const inside = isHtml ? 0 : this.random.between(0, 4);
    const extra = inside === 3 ? `\r\n${uuencode(`${this.of('акт', 'act')}.bin`, Buffer.from(this.mark()))}\r\n` : inside === 4 ? '\r\n=ybegin line=128 size=3 name=a.bin\r\n***\r\n=yend size=3\r\n' : '';
    const words = isHtml ? `<div>${this.of('', '<table><tr><td>')}${this.mark()} <b>${this.words()}</b><img src="cid:x"></div>` : `${this.mark()} ${this.words()}${extra}`;
    const { header, body } = this.transfer(iconv.encode(words, charset));
    const label = this.of(`; charset=${charset}`, `; charset="${charset}"`, '', '; charset=us-ascii', `; charset=${this.of(...charsets)}`, '; charset=no-such');
    const flowed = isHtml ? '' : this.of('', '', '; format=flowed', '; format=flowed; delsp=yes');
    return Buffer.concat([Buffer.from(`Content-Type: ${isHtml ? 'text/html' : 'text/plain'}${label}${flowed}\r\n${header}\r\n\r\n`), body]);
  }

  file(): Buffer {
    const name = `${this.of('Договор', 'Схема', 'act')}.${this.of('pdf', 'docx', 'zip', 'txt')}`;
    const naming = this.of<Buffer>(
      Buffer.from(`; filename*=utf-8''${encodeURIComponent(name)}`), Buffer.from(`;\r\n filename*0*=utf-8''${encodeURIComponent(name.slice(0, 3))};\r\n filename*1*=${encodeURIComponent(name.slice(3))}`),
      Buffer.concat([Buffer.from('; filename="'), iconv.encode(name, this.of(...charsets)), Buffer.from('"')]), Buffer.from(`; filename="=?utf-8?B?${Buffer.from(name).toString('base64')}?="`), Buffer.alloc(0), Buffer.from('; filename="../../x'),
    );
    const { header, body } = this.transfer(Buffer.from(`${this.mark()} ${'x'.repeat(this.random.between(0, 2000))}`));
    return Buffer.concat([Buffer.from(`Content-Type: ${this.of('application/pdf', 'application/octet-stream', 'image/png', 'x')}\r\nContent-Disposition: attachment`), naming, Buffer.from(`\r\n${header}\r\n\r\n`), body]);
  }

  wrapped(type: string, content: Buffer): Buffer {
    return Buffer.from(`Content-Type: ${type}\r\nContent-Transfer-Encoding: base64\r\n\r\n${content.toString('base64').replace(/(.{76})/g, '$1\r\n')}`);
  }

  multipart(depth: number): Buffer {
    const boundary = `${this.of('b', '=_', '----=_Next', "'()+_,-./:=?")}${this.seed}_${this.random.between(0, 1_000_000)}`;
    const parts = Array.from({ length: this.random.between(1, 3) }, () => this.entity(depth + 1));
    const line = (end: string): Buffer => Buffer.from(`\r\n--${boundary}${end}\r\n`);
    return Buffer.concat([
      Buffer.from(`Content-Type: multipart/${this.of('mixed', 'mixed', 'related', 'alternative', 'digest', 'strange')}; boundary="${boundary}"\r\n\r\n${this.of('', 'This is MIME')}`),
      ...parts.flatMap((part) => [line(''), part]),
      ...(this.random.chance(0.9) ? [line('--'), Buffer.from(this.of('', 'epilogue'))] : []),
    ]);
  }

  /** A header and its content: a leaf, or something that holds others. */
  entity(depth: number): Buffer {
    const kind = depth > 5 ? this.random.between(0, 5) : this.random.between(0, 13);
    if (kind <= 3) return this.text();
    if (kind <= 5) return this.file();
    if (kind <= 9) return this.multipart(depth);
    if (kind === 10) return this.wrapped('application/ms-tnef; name="winmail.dat"', winmail({ subject: 'Тема', text: 'Слова', rtf: this.of('', '{\\rtf1 x}'), files: [{ name: 'Из Outlook.txt', content: Buffer.from(this.mark()) }] }));
    if (kind === 11) return this.wrapped('application/pkcs7-mime; smime-type=signed-data; name=smime.p7m', signContent(this.entity(depth + 1), signer, { opaque: true, streamed: this.random.chance(0.5) }));
    if (kind === 12) {
      this.holdsLetter = true;
      return Buffer.concat([Buffer.from('Content-Type: message/rfc822\r\n\r\n'), this.header(), this.entity(depth + 1)]);
    }
    return Buffer.from(`Content-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nSUMMARY:${this.mark()}\r\nDTSTART;TZID=${this.of('Europe/Moscow', 'Нигде', 'Russian Standard Time')}:2026112${this.random.between(0, 9)}T100000\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`);
  }

  header(): Buffer {
    const address = `user${this.seed}@${this.of('pochta-mo.ru', 'xn--e1afmkfd.xn--p1ai', 'b')}`;
    const lines: readonly (readonly [chance: number, line: () => Buffer])[] = [
      [0.95, () => Buffer.concat([Buffer.from('From: '), this.headerText(this.of('Соколова Марина', 'ИП "Ёлкин"', '')), Buffer.from(` <${address}>`)])],
      [0.05, () => Buffer.from('From: <<>>,;:@')],
      [0.95, () => Buffer.concat([Buffer.from(this.of('Subject: ', 'SUBJECT:', 'Subject:\r\n ')), this.headerText(this.words())])],
      [0.05, () => Buffer.from('Subject: вторая')],
      [0.9, () => Buffer.from(`Date: ${this.of('Tue, 24 Nov 2026 09:14:00 +0300', '24 Nov 26 09:14 MSK', 'вчера', '')}`)],
      [0.9, () => Buffer.from(`To: ${Array.from({ length: this.of(1, 1, 2, 30) }, (_, index) => `a${index}@moesk.ru`).join(', ')}`)],
      [0.9, () => Buffer.from(`Message-ID: <${this.seed}.${this.random.between(0, 1_000_000)}@pochta-mo.ru>`)],
      [0.1, () => Buffer.from(this.of('Auto-Submitted: auto-generated', 'Precedence: bulk', 'List-Id: <a.b>', 'X-Failed-Recipients: a@b.ru'))],
      [0.1, () => Buffer.from(`In-Reply-To: <${this.random.between(0, 100)}@pochta-mo.ru>`)],
      [0.2, () => Buffer.from(`X-Long: ${'y'.repeat(this.random.between(0, 3000))}`)],
    ];
    return Buffer.concat([...lines.flatMap(([chance, line]) => (this.random.chance(chance) ? [line(), Buffer.from('\r\n')] : [])), Buffer.from('MIME-Version: 1.0\r\n')]);
  }

  /** Spoils some bytes as bad lines and worse programs do. */
  spoil(raw: Buffer): Buffer {
    let bytes = raw;
    for (let times = this.random.between(1, 4); times > 0; times -= 1) {
      const at = this.random.between(0, bytes.length);
      const end = Math.min(bytes.length, at + this.random.between(1, 400));
      const piece = bytes.subarray(at, end);
      switch (this.random.between(0, 6)) {
        case 0: bytes = bytes.subarray(0, at); break;
        case 1: bytes = Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]); break;
        case 2: bytes = Buffer.concat([bytes.subarray(0, end), piece, bytes.subarray(end)]); break;
        case 3: bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(Array.from({ length: this.random.between(1, 50) }, () => this.random.between(0, 255))), bytes.subarray(at)]); break;
        case 4: bytes = Buffer.concat([bytes.subarray(0, at), Buffer.from(this.of('\0', '\r', '\n\n', '--', '=?x?B?', 'Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n', 'begin 644 a\n', '"', '\xff\xfe')), bytes.subarray(at)]); break;
        case 5: bytes = Buffer.from(bytes.toString('latin1').replaceAll('\r\n', this.of('\n', '\r')), 'latin1'); break;
        default: bytes = Buffer.from(bytes.map((byte, index) => (index >= at && index < end && index % 7 === 0 ? byte ^ (1 << (index % 8)) : byte)));
      }
    }
    return bytes;
  }
}

/** The letter of that seed. */
export function randomLetter(seed: number): RandomLetter {
  const builder = new LetterBuilder(seed);
  const whole = Buffer.concat([builder.header(), builder.entity(0)]);
  const damaged = builder.random.chance(0.5);
  return { seed, raw: damaged ? builder.spoil(whole) : whole, damaged, holdsLetter: builder.holdsLetter, marks: builder.marks };
}
