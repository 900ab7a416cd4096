import { readFileSync } from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { cleanFileName, parseEmail, type Envelope, type ParsedEmail } from '../../../shared/mail/parse-email.ts';
import { maxEmailText } from '../../../shared/domain/incoming-email/model.ts';
import { eightBitLetter } from '../../helpers/send-letter.ts';

const person: Envelope = { returnPath: 'm.sokolova@pochta-mo.ru' };
const machine: Envelope = { returnPath: null };
const fixture = (name: string): Buffer => readFileSync(path.join(import.meta.dirname, '../../fixtures/mail', name));
const letter = (...lines: string[]): Buffer => Buffer.from(lines.join('\r\n'), 'utf8');
const names = (parsed: ParsedEmail): string[] => parsed.attachments.map(({ name }) => name);
const head = ['From: =?utf-8?B?0KHQvtC60L7Qu9C+0LLQsA==?= <m.sokolova@pochta-mo.ru>', 'To: client@moesk.ru', 'Subject: Test', 'Date: Tue, 24 Nov 2026 09:14:00 +0300', 'Message-ID: <one@pochta-mo.ru>', 'MIME-Version: 1.0'] as const;

describe('charsets', () => {
  const text = 'Здравствуйте! Прошу сообщить срок подключения дома в посёлке.';
  for (const charset of ['windows-1251', 'koi8-r', 'iso-8859-5', 'cp866', 'utf-8']) {
    for (const label of [charset, 'us-ascii', 'iso-8859-1', 'utf-8', 'windows-1251', 'koi8-r', '']) {
      test(`${charset} labelled «${label}»: text, subject and name`, async () => {
        const raw = eightBitLetter({ from: 'Соколова Марина <m.sokolova@pochta-mo.ru>', to: 'client@moesk.ru', subject: 'Жалоба на отключение', text, charset, label });
        const parsed = await parseEmail(raw, person);
        expect(parsed).toMatchObject({ text, subject: 'Жалоба на отключение', from: { name: 'Соколова Марина', address: 'm.sokolova@pochta-mo.ru' } });
        if (label === charset) expect(parsed.problems).toEqual([]);
      });
    }
  }

  test('quoted-printable and base64 with a wrong label', async () => {
    const bytes = iconv.encode(text, 'koi8-r');
    const quoted = [...bytes].map((byte) => `=${byte.toString(16).toUpperCase()}`).join('');
    for (const [encoding, body] of [['quoted-printable', quoted.replace(/(.{72})/g, '$1=\r\n')], ['base64', bytes.toString('base64')]] as const) {
      const parsed = await parseEmail(letter(...head, 'Content-Type: text/plain; charset=windows-1251', `Content-Transfer-Encoding: ${encoding}`, '', body), person);
      expect(parsed.text).toBe(text);
      expect(parsed.problems).toEqual(['Кодировка в письме указана неверно («windows-1251»): текст прочитан как koi8-r.']);
    }
  });

  test('HTML names its charset itself', async () => {
    const html = iconv.encode(`<html><head><meta charset="windows-1251"></head><p>${text}</p></html>`, 'windows-1251');
    const parsed = await parseEmail(Buffer.concat([letter(...head, 'Content-Type: text/html', '', ''), html]), person);
    expect(parsed.text).toBe(text);
    expect(parsed.html).toContain(text);
    expect(parsed.problems).toEqual([]);
  });
});

describe('parts', () => {
  test('alternative, inline picture, attachment with RFC 2231 name, letter within the letter', async () => {
    const parsed = await parseEmail(
      letter(
        ...head, 'Content-Type: multipart/mixed; boundary="outer"', '', 'preamble', '--outer', 'Content-Type: multipart/related; boundary=related', '', '--related', 'Content-Type: multipart/alternative; boundary=alt', '', '--alt',
        'Content-Type: text/plain; charset=utf-8', '', 'Прошу ответить', '--alt', 'Content-Type: text/html; charset=utf-8', '', '<p>Прошу <b>ответить</b><img src="cid:pic"></p>', '--alt--', '--related', 'Content-Type: image/png; name="=?utf-8?B?0YTQvtGC0L4ucG5n?="',
        'Content-ID: <pic>', 'Content-Disposition: inline', 'Content-Transfer-Encoding: base64', '', 'aGVsbG8=', '--related--', '--outer', 'Content-Type: application/pdf', "Content-Disposition: attachment; filename*0*=utf-8''%D0%B4%D0%BE%D0%B3%D0%BE;",
        ' filename*1*=%D0%B2%D0%BE%D1%80.pdf', 'Content-Transfer-Encoding: base64', '', 'aGVsbG8gd29ybGQ=', '--outer', 'Content-Type: message/rfc822', '', 'Subject: inner', '', 'inside', '--outer--', 'epilogue', '',
      ),
      person,
    );
    expect(parsed.text).toBe('Прошу ответить');
    expect(parsed.html).toBe('<p>Прошу <b>ответить</b><img src="cid:pic"></p>');
    expect(parsed.attachments.map(({ name, mediaType, inline, content }) => [name, mediaType, inline, Buffer.from(content).toString()])).toEqual([
      ['фото.png', 'image/png', true, 'hello'],
      ['договор.pdf', 'application/pdf', false, 'hello world'],
      ['Письмо 3.eml', 'message/rfc822', false, 'Subject: inner\r\n\r\ninside'],
    ]);
    expect(parsed.problems).toEqual([]);
  });

  test('file names: raw 8-bit, wrongly labelled, missing, with folders and control signs', async () => {
    const part = (header: Buffer): Buffer => Buffer.concat([Buffer.from('--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment'), header, Buffer.from('\r\n\r\nx\r\n')]);
    const parsed = await parseEmail(
      Buffer.concat([
        letter(...head, 'Content-Type: multipart/mixed; boundary=b', '', ''),
        part(Buffer.concat([Buffer.from('; filename="'), iconv.encode('Отчёт за год.docx', 'koi8-r'), Buffer.from('"')])),
        part(Buffer.from(`; filename="=?iso-8859-1?B?${iconv.encode('Договор.docx', 'windows-1251').toString('base64')}?="`)),
        part(Buffer.alloc(0)),
        part(Buffer.from('; filename="..\\\\..\\\\evil/pass\u0001wd.txt"')),
        Buffer.from('--b--\r\n'),
      ]),
      person,
    );
    expect(names(parsed)).toEqual(['Отчёт за год.docx', 'Договор.docx', 'Вложение 3.bin', 'pass wd.txt']);
  });

  test('deep nesting: the deep parts become attachments', async () => {
    let raw = `${head.join('\r\n')}\r\n`;
    for (let level = 0; level < 60; level += 1) raw += `Content-Type: multipart/mixed; boundary=b${level}x\r\n\r\n--b${level}x\r\n`;
    const parsed = await parseEmail(Buffer.from(`${raw}Content-Type: text/plain\r\n\r\nDEEP\r\n`), person);
    expect(parsed.text).toBe('');
    expect(parsed.attachments.map(({ content }) => Buffer.from(content).toString().trim())).toEqual(['DEEP']);
    expect(parsed.problems).toEqual(['Части письма вложены слишком глубоко: глубокие части показаны как вложения.']);
  });

  test('two thousand parts: the beginning is read, the rest is told of', async () => {
    const parsed = await parseEmail(letter(...head, 'Content-Type: multipart/mixed; boundary=b', '', ...Array.from({ length: 2000 }, (_, index) => `--b\r\nContent-Type: text/plain\r\n\r\n${index}`), '--b--'), person);
    expect(parsed.text.startsWith('0\n\n1\n\n2')).toBe(true);
    expect(parsed.problems).toContain('Письмо состоит из слишком многих частей или его заголовок слишком велик: показано начало, остальное — в исходном письме.');
  });
});

describe('malformed', () => {
  test('an empty letter, nothing but a header, nothing but text', async () => {
    expect(await parseEmail(Buffer.alloc(0), machine)).toMatchObject({ text: '', automation: 'automatic' });
    expect((await parseEmail(letter(...head, '', ''), person)).problems).toEqual(['В письме нет текста.']);
    const bare = await parseEmail(iconv.encode('Отключите мне свет', 'koi8-r'), person);
    expect(bare).toMatchObject({ text: 'Отключите мне свет', from: { address: 'm.sokolova@pochta-mo.ru' } });
    expect(bare.problems).toContain('У письма нет заголовка: показано всё, что пришло.');
  });

  test('no From, no Date, a multipart without a boundary, an unknown transfer encoding', async () => {
    const parsed = await parseEmail(letter('Subject: x', 'Content-Type: multipart/mixed', 'Content-Transfer-Encoding: x-uuencode', '', 'Текст письма'), person);
    expect(parsed.from.address).toBe('m.sokolova@pochta-mo.ru');
    expect(parsed.text).toBe('Текст письма');
    expect(parsed.problems).toEqual(['Письмо разбито на части с ошибкой: показан его исходный текст.', 'В письме не указан отправитель: адрес взят из конверта.', 'Дата отправки не указана.']);
  });

  test('thousands of recipients', async () => {
    const to = Array.from({ length: 5000 }, (_, index) => `"Имя ${index}" <user${index}@example.ru>`).join(',\r\n ');
    const parsed = await parseEmail(letter('From: a@b.ru', `To: ${to}`, 'Date: Tue, 24 Nov 2026 09:14:00 +0300', '', 'text'), person);
    expect(parsed.to).toHaveLength(500);
    expect(parsed.problems).toEqual(['В поле «Кому» 5000 адресов: показаны первые 500, остальные — в исходном письме.']);
  });

  test('a text beyond the limit is cut and told of', async () => {
    const parsed = await parseEmail(letter(...head, 'Content-Type: text/plain; charset=utf-8', '', 'я'.repeat(maxEmailText + 10)), person);
    expect(parsed.text).toHaveLength(maxEmailText);
    expect(parsed.problems).toEqual([`Текст показан не полностью (первые ${maxEmailText} знаков): весь текст — в исходном письме.`]);
  });

  test('HTML of thousands of levels still gives its words', async () => {
    const parsed = await parseEmail(letter(...head, 'Content-Type: text/html; charset=utf-8', '', `${'<div>'.repeat(20_000)}Привет${'</div>'.repeat(20_000)}`), person);
    expect(parsed.text).toBe('Привет');
  });

  test('no bytes at all make it reject', async () => {
    const piece = fc.oneof(fc.constantFrom('--b', '--b--', 'Content-Type: multipart/mixed; boundary=b', 'Content-Type: text/html; charset=koi8-r', 'Content-Transfer-Encoding: base64', 'Content-Transfer-Encoding: quoted-printable', '', 'From: <<>>,,;:', 'Subject: =?x?B?=?=', 'message/rfc822', '=D0=', '<p><div>'), fc.string());
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 30 }), async (pieces) => {
        const parsed = await parseEmail(Buffer.from(pieces.join('\r\n')), person);
        expect(parsed.problems.filter((problem) => problem.includes('не удалось разобрать'))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('how the letter was made', () => {
  test('bounces: by the standard, in words; a delay is no bounce', async () => {
    expect(await parseEmail(fixture('bounce-postfix.eml'), machine)).toMatchObject({
      automation: 'bounce',
      report: { outcome: 'failed', originalMessageId: 'out-1@moesk.ru', recipients: ['m.sokolova@pochta-mo.ru'], reason: '550 5.1.1 User unknown' },
    });
    expect(await parseEmail(fixture('bounce-in-words.eml'), machine)).toMatchObject({
      automation: 'bounce',
      report: { outcome: 'failed', originalMessageId: 'out-7@moesk.ru', recipients: ['sklad@kabel.example.ru'], reason: '550 5.7.1 Message rejected' },
    });
    expect(await parseEmail(fixture('delayed.eml'), machine)).toMatchObject({ automation: 'automatic', report: { outcome: 'other' } });
  });

  test('a person who forwards a bounce is a person', async () => {
    const raw = letter(...head, 'Content-Type: text/plain; charset=utf-8', '', 'Мне пришло: Undelivered Mail Returned to Sender, Message-ID: <out-7@moesk.ru>');
    expect(await parseEmail(raw, person)).toMatchObject({ automation: 'person', report: null });
  });

  test('automatic answer, list, machine, person', async () => {
    expect(await parseEmail(fixture('out-of-office.eml'), { returnPath: 'ivanov@zavod.example.ru' })).toMatchObject({ automation: 'autoReply', inReplyTo: 'out-1@moesk.ru', subject: 'Автоматический ответ: Ответ' });
    expect((await parseEmail(fixture('newsletter.eml'), { returnPath: 'bounce-1@kabel-optom.biz' })).automation).toBe('bulk');
    const automationOf = async (header: string, envelope: Envelope = person): Promise<string> => (await parseEmail(letter(header, ...head.filter((line) => !header.startsWith('From') || !line.startsWith('From')), '', 'text'), envelope)).automation;
    expect(await automationOf('X-Any: 1')).toBe('person');
    expect(await automationOf('Auto-Submitted: no')).toBe('person');
    expect(await automationOf('Auto-Submitted: auto-generated')).toBe('automatic');
    expect(await automationOf('Precedence: bulk')).toBe('bulk');
    expect(await automationOf('X-Autoreply: yes')).toBe('autoReply');
    expect(await automationOf('From: noreply@bank.example.ru')).toBe('automatic');
    expect(await automationOf('X-Any: 1', machine)).toBe('automatic');
  });

  test('HTML becomes readable text without scripts, styles, pictures', async () => {
    const parsed = await parseEmail(fixture('newsletter.eml'), person);
    expect(parsed.subject).toBe('Скидка');
    expect(parsed.text).toBe('Скидка 20 %\n\nКабель ВВГ 3×2,5.\nЗвоните!\n\nЦена 100 ₽\n\n * медь\n * алюминий\n\nПодробнее');
  });
});

test('names of files are fit for a disk', () => {
  expect(cleanFileName('C:\\Документы\\Акт.pdf')).toBe('Акт.pdf');
  expect(cleanFileName('../../etc/passwd')).toBe('passwd');
  expect(cleanFileName('invoice\u202efdp.exe')).toBe('invoicefdp.exe');
  expect(cleanFileName(`${'а'.repeat(300)}.docx`)).toHaveLength(200);
  expect(cleanFileName(`${'а'.repeat(300)}.docx`).endsWith('.docx')).toBe(true);
});
