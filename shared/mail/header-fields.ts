import addressparser from 'nodemailer/lib/addressparser';
import type { MailAddress } from '../domain/incoming-email/model.ts';
import { decodeHeaderText, plainLine, shieldBytes } from './header-text.ts';

/** The header of a letter or of a part as it stood on the wire, its bytes beyond ASCII shielded (see shieldBytes). */
export class HeaderFields {
  private readonly lines: readonly { readonly key: string; readonly value: string }[];

  constructor(lines: readonly { readonly key: string; readonly line: string }[]) {
    this.lines = lines.map(({ key, line }) => ({ key: key.trim().toLowerCase(), value: shieldBytes(line.slice(line.indexOf(':') + 1)).replace(/\r?\n(?=[ \t])/g, '').replace(/[\r\n]+/g, ' ').trim() }));
  }

  /** The first value of that name, or null. */
  first(key: string): string | null {
    return this.lines.find((line) => line.key === key)?.value ?? null;
  }

  /** Every value of that name in order. */
  all(key: string): readonly string[] {
    return this.lines.filter((line) => line.key === key).map(({ value }) => value);
  }

  has(key: string): boolean {
    return this.lines.some((line) => line.key === key);
  }

  /** Names in order, for finding families such as `List-…`. */
  get keys(): readonly string[] {
    return this.lines.map(({ key }) => key);
  }

  /** Whether nothing readable as a header was found. */
  get empty(): boolean {
    return this.lines.every(({ key }) => key === '');
  }
}

/** A header block as text (`Name: value` lines) → fields; folded lines are joined. */
export function headerFieldsOf(block: string): HeaderFields {
  const lines = block.split(/\r?\n(?![ \t])/).filter((line) => line.includes(':'));
  return new HeaderFields(lines.map((line) => ({ key: line.slice(0, line.indexOf(':')), line })));
}

/** Addresses of a header value, groups unfolded, names decoded after the structure is read (RFC 2047 §5). */
export function parseAddresses(binary: string, hint: string | null, chosen: string | null = null): MailAddress[] {
  return addressparser(binary, { flatten: true })
    .map(({ name, address }) => ({ name: decodeHeaderText(name, hint, chosen), address: plainLine(decodeHeaderText(address, hint)) }))
    .filter(({ name, address }) => name !== '' || address !== '');
}

/** `<a@b> <c@d>` → ids without brackets; what has none is split by white space. */
export function parseMessageIds(value: string | null): string[] {
  if (value === null) return [];
  const bracketed = [...value.matchAll(/<\s*([^<>\s]+)\s*>/g)].map((found) => found[1] ?? '');
  return bracketed.length > 0 ? bracketed : value.split(/[\s,]+/).filter((id) => id.includes('@'));
}

/** A date as letters write it → UTC; null if it cannot be understood. */
export function parseMailDate(value: string | null): string | null {
  if (value === null) return null;
  const plain = value.replace(/\([^)]*\)/g, ' ').replace(/\s+/g, ' ').trim();
  for (const attempt of [plain, plain.replace(/^[^\d]*/, ''), plain.replace(/\s[A-Za-z]{1,5}$/, '')]) {
    const time = Date.parse(attempt);
    if (Number.isFinite(time) && time > 0 && time < 32_503_680_000_000) return new Date(time).toISOString();
  }
  return null;
}
