/** A letter that cannot be fetched whole, as the server tells of it. */
export interface UnfetchedLetter {
  /** Its header lines From, To, Date, Subject, …; null: the server does not give them either. */
  readonly header: string | null;
  readonly address: string;
  readonly folder: string;
  readonly uidValidity: string;
  readonly uid: number;
  /** Bytes; null: not known. */
  readonly size: number | null;
  /** Why it was not fetched, in words. */
  readonly why: string;
}

/** What the header of the stand-in keeps: who wrote to whom, when, about what. */
export const keptHeaders = ['From', 'To', 'Cc', 'Reply-To', 'Date', 'Subject', 'Message-ID', 'In-Reply-To', 'References', 'Return-Path'] as const;
const HEADER_LIMIT = 64 * 1024;

function keptLines(header: string): readonly string[] {
  const fields = header.slice(0, HEADER_LIMIT).split(/\r?\n(?![ \t])/);
  return fields.filter((field) => keptHeaders.some((name) => field.toLowerCase().startsWith(`${name.toLowerCase()}:`))).map((field) => field.replaceAll(/\r?\n/g, '\r\n'));
}

const encodedWord = (text: string): string => `=?utf-8?B?${Buffer.from(text, 'utf8').toString('base64')}?=`;

/**
 * A letter in the place of one that cannot be fetched: it has the sender and the subject of that letter, and says in its text where the whole lies and why it is not
 * here. Always the same bytes for the same letter. `header` in latin1, as the bytes came.
 */
export function standInLetter({ header, address, folder, uidValidity, uid, size, why }: UnfetchedLetter): Buffer {
  const kept = header === null ? [] : keptLines(header);
  const has = (name: string): boolean => kept.some((line) => line.toLowerCase().startsWith(`${name}:`));
  const lines = [
    ...kept,
    ...(has('subject') ? [] : [`Subject: ${encodedWord('Письмо не загружено из почтового ящика')}`]),
    ...(has('message-id') ? [] : [`Message-ID: <uid-${uidValidity}-${uid}@${address.split('@').at(-1) ?? 'okno.invalid'}>`]),
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
  ];
  const megabytes = size === null ? '' : ` Размер: ${(size / 1024 / 1024).toFixed(1)} МБ.`;
  const text = `Это письмо не загружено: ${why}.${megabytes}\r\n\r\nПисьмо цело и лежит в почтовом ящике ${address}, папка «${folder}», номер ${uid}. Откройте его там почтовой программой.\r\n`;
  const body = Buffer.from(text, 'utf8').toString('base64').replaceAll(/.{76}/g, '$&\r\n');
  return Buffer.concat([Buffer.from(lines.join('\r\n'), 'latin1'), Buffer.from(`\r\n\r\n${body}\r\n`, 'latin1')]);
}
