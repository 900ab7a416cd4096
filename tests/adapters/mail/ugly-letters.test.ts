import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { parseEmail, type ParsedEmail } from '../../../shared/mail/parse-email.ts';
import { decompressRtf } from '../../../shared/mail/rtf-compression.ts';
import { readRtf } from '../../../shared/mail/rtf-text.ts';
import { decodeTnef } from '../../../shared/mail/tnef.ts';
import { detachedLetter, encryptedContent, makeSigner, opaqueLetter, signContent } from '../../helpers/mail/signed-letter.ts';
import { uuencode } from '../../helpers/mail/uuencode.ts';
import { winmail } from '../../helpers/mail/winmail.ts';

const head = ['From: =?utf-8?B?0KHQvtC60L7Qu9C+0LLQsA==?= <m.sokolova@pochta-mo.ru>', 'To: client@moesk.ru', 'Subject: Test', 'Date: Tue, 24 Nov 2026 09:14:00 +0300', 'Message-ID: <one@pochta-mo.ru>'] as const;
const read = (...lines: readonly string[]): Promise<ParsedEmail> => parseEmail(Buffer.from(lines.join('\r\n')), { returnPath: 'm.sokolova@pochta-mo.ru' });
const files = (parsed: ParsedEmail): readonly (readonly [string, string])[] => parsed.attachments.map(({ name, content }) => [name, Buffer.from(content).toString('utf8')]);
const part = (type: string, bytes: Buffer, ...more: readonly string[]): readonly string[] => [`Content-Type: ${type}`, 'Content-Transfer-Encoding: base64', ...more, '', bytes.toString('base64').replace(/(.{76})/g, '$1\r\n')];
const mixed = (...parts: readonly (readonly string[])[]): readonly string[] => [...head, 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '', ...parts.flatMap((lines) => ['--b', ...lines]), '--b--', ''];

describe('winmail.dat', () => {
  const tnef = (given: Parameters<typeof winmail>[0]): readonly string[] => part('application/ms-tnef; name="winmail.dat"', winmail(given), 'Content-Disposition: attachment; filename="winmail.dat"');

  test('its files come out under their names; the letter keeps its own text', async () => {
    const parsed = await read(...mixed(['Content-Type: text/plain; charset=utf-8', '', 'Смотрите вложения'], tnef({ text: 'Не нужен', files: [{ name: 'Договор на подключение.docx', content: Buffer.from('docx'), mediaType: 'application/msword' }, { name: 'АКТ.TXT', content: Buffer.from('акт'), oldName: true }] })));
    expect(parsed.text).toBe('Смотрите вложения');
    expect(files(parsed)).toEqual([['Договор на подключение.docx', 'docx'], ['АКТ.TXT', 'акт']]);
    expect(parsed.attachments[0]?.mediaType).toBe('application/msword');
    expect(parsed.problems).toEqual([]);
  });

  test('a letter that is nothing else: its text, its HTML, its RTF', async () => {
    expect((await read(...mixed(tnef({ text: 'Прошу ответить' })))).text).toBe('Прошу ответить');
    expect(await read(...mixed(tnef({ text: 'иное', html: '<p>Прошу <b>ответить</b></p>' })))).toMatchObject({ text: 'Прошу ответить', html: '<p>Прошу <b>ответить</b></p>' });
    expect((await read(...mixed(tnef({ rtf: String.raw`{\rtf1\ansi\ansicpg1251{\fonttbl{\f0 Arial;}}\f0 \'cf\'f0\'ee\'f8\'f3\par \u1086?\u1090?\u1074?\u1077?\u1090?}` })))).text).toBe('Прошу\nответ');
  });

  test('a message within it gives its words and files', async () => {
    const parsed = await read(...mixed(tnef({ text: 'Снаружи', message: { subject: 'Переслано', text: 'Внутри', files: [{ name: 'Схема.pdf', content: Buffer.from('%PDF') }] } })));
    expect(files(parsed)).toEqual([['Переслано.txt', 'Внутри'], ['Схема.pdf', '%PDF']]);
  });

  test('damaged: cut off anywhere it never throws, what was whole comes out and the letter says so', async () => {
    const whole = winmail({ text: 'Текст', html: '<p>Текст</p>', files: [{ name: 'Первый.txt', content: Buffer.from('1') }, { name: 'Второй.txt', content: Buffer.from('2') }] });
    for (let length = 0; length < whole.length; length += 7) decodeTnef(whole.subarray(0, length));
    const cut = await read(...mixed(part('application/ms-tnef; name=winmail.dat', whole.subarray(0, whole.length - 10))));
    expect(cut.problems).toEqual(['Файл «winmail.dat» обрывается: из него достали то, что удалось прочитать. Сам он — тоже во вложениях.']);
    expect(files(cut).map(([name]) => name)).toContain('Первый.txt');
    const broken = await read(...mixed(part('application/ms-tnef; name=winmail.dat', Buffer.from('not it'))));
    expect(broken.problems).toContain('Файл «winmail.dat» повреждён: вложения из него достать не удалось.');
    expect(files(broken)).toEqual([['winmail.dat', 'not it']]);
  });

  test('compressed RTF: the example of its specification; a bomb gives no more than its limit', () => {
    const example = Buffer.from('2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c09002062770 5b06c647d0a800fa0'.replaceAll(' ', ''), 'hex');
    expect(decompressRtf(example)?.toString('latin1')).toBe('{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n');
    const bomb = Buffer.concat([Buffer.from([0, 0, 0, 0, 0xff, 0xff, 0xff, 0x7f]), Buffer.from('LZFu'), Buffer.alloc(4), Buffer.alloc(3_000_000, 0xff)]);
    expect(decompressRtf(bomb)?.length).toBeLessThanOrEqual(16 * 1024 * 1024);
  });

  test('HTML wrapped in RTF is unwrapped', () => {
    const rtf = String.raw`{\rtf1\ansi\ansicpg1251\fromhtml1 \deff0{\fonttbl{\f0\fswiss\fcharset204 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 \f0 \'cf\'f0\'ee\'f8\'f3 {\*\htmltag84 <b>}\htmlrtf {\b \htmlrtf0 \{ok\}\htmlrtf }\htmlrtf0 {\*\htmltag92 </b>}\htmlrtf\par}\htmlrtf0 {\*\htmltag72 </p>}}`;
    expect(readRtf(Buffer.from(rtf, 'latin1'))).toEqual({ kind: 'html', text: '<p>Прошу <b>{ok}</b></p>' });
  });
});

describe('files in the text', () => {
  const content = Buffer.concat([Buffer.from(Array.from({ length: 990 }, (_, index) => (index * index * 31 + index) & 0xff)), Buffer.alloc(100)]);

  test('uuencode: its files come out, the rest of the text stays', async () => {
    for (const padded of [true, false]) {
      const parsed = await read(...head, 'Content-Type: text/plain; charset=utf-8', '', 'До файла', uuencode('Акт сверки.bin', content, padded), 'После файла', 'begin 5 o\'clock sharp', '');
      expect(parsed.text).toBe("До файла\n[Файл «Акт сверки.bin» — во вложениях]\nПосле файла\nbegin 5 o'clock sharp");
      expect(parsed.attachments.map(({ name }) => name)).toEqual(['Акт сверки.bin']);
      expect(Buffer.from(parsed.attachments[0]?.content ?? [])).toEqual(content);
    }
  });

  test('uuencode cut off, or with strange lines, stays in the text', async () => {
    const cut = uuencode('a.bin', content).split('\r\n').slice(0, -2);
    expect((await read(...head, '', ...cut)).attachments).toEqual([]);
    expect((await read(...head, '', 'begin 644 a.bin', 'Это не файл', 'end')).text).toBe('begin 644 a.bin\nЭто не файл\nend');
  });

  test('a whole part sent as uuencode', async () => {
    const parsed = await read(...mixed(['Content-Type: application/pdf; name=a.pdf', 'Content-Transfer-Encoding: x-uuencode', '', uuencode('a.pdf', content)]));
    expect(Buffer.from(parsed.attachments[0]?.content ?? [])).toEqual(content);
    const broken = await read(...mixed(['Content-Type: application/pdf; name=a.pdf', 'Content-Transfer-Encoding: uuencode', '', 'no']));
    expect(broken.problems).toContain('Часть письма закодирована (uuencode) с ошибкой и показана без раскодирования.');
  });

  test('yEnc is left as it is and told of', async () => {
    const text = '=ybegin line=128 size=5 name=фото.jpg\r\n*+,-.\r\n=yend size=5';
    const parsed = await read(...head, 'Content-Type: text/plain; charset=utf-8', '', text);
    expect(parsed.text).toBe(text.replaceAll('\r', ''));
    expect(parsed.problems).toEqual(['В тексте стоит файл в кодировке yEnc («фото.jpg»): программа его не раскодирует, он остался в тексте, как пришёл.']);
  });
});

describe('S/MIME', () => {
  const entity = ['Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit', '', 'Подписанный текст', 'и вторая строка'].join('\r\n');
  const signer = makeSigner();
  const intact = { name: 'Соколова Марина Игоревна', address: 'm.sokolova@pochta-mo.ru', issuer: 'Удостоверяющий центр «Проверка»', validFrom: '2026-01-01T00:00:00.000Z', validTo: '2027-01-01T00:00:00.000Z', signedAt: '2026-11-24T06:10:00.000Z', state: 'intact', reason: '' };

  for (const key of ['rsa', 'ec'] as const) {
    test(`signed beside (${key}): who, by whom, unchanged`, async () => {
      const own = makeSigner({ key });
      const parsed = await read(detachedLetter(head, entity, signContent(Buffer.from(entity), own, { opaque: false })));
      expect(parsed.signatures).toEqual([intact]);
      expect(parsed.text).toBe('Подписанный текст\nи вторая строка');
      expect(parsed.attachments.map(({ name }) => name)).toEqual(['smime.p7s']);
      expect(parsed.problems).toEqual([]);
    });
  }

  test('one letter of the text changed on the way: told', async () => {
    const parsed = await read(detachedLetter(head, entity, signContent(Buffer.from(entity), signer, { opaque: false })).replace('вторая', 'другая'));
    expect(parsed.signatures).toMatchObject([{ state: 'altered', reason: 'Содержимое письма после подписи изменено или подпись не его' }]);
    expect(parsed.text).toContain('и другая строка');
  });

  test('stored with bare line ends, it is still what was signed', async () => {
    const raw = detachedLetter(head, entity, signContent(Buffer.from(entity), signer, { opaque: false })).replaceAll('\r\n', '\n');
    expect((await parseEmail(Buffer.from(raw), { returnPath: null })).signatures).toMatchObject([{ state: 'intact' }]);
  });

  for (const streamed of [false, true]) {
    test(`signed around (${streamed ? 'in pieces' : 'whole'}): the content is shown`, async () => {
      const parsed = await read(opaqueLetter(head, signContent(Buffer.from(entity), signer, { opaque: true, streamed })));
      expect(parsed.signatures).toEqual([intact]);
      expect(parsed.text).toBe('Подписанный текст\nи вторая строка');
      expect(parsed.attachments).toEqual([]);
    });
  }

  test('signed around a letter with files, and signed twice', async () => {
    const inner = ['Content-Type: multipart/mixed; boundary=i', '', '--i', 'Content-Type: text/plain; charset=utf-8', '', 'Внутри', '--i', 'Content-Type: application/pdf; name=a.pdf', '', '%PDF', '--i--', ''].join('\r\n');
    const once = opaqueLetter([], signContent(Buffer.from(inner), signer, { opaque: true }));
    const parsed = await read(opaqueLetter(head, signContent(Buffer.from(once), makeSigner({ name: 'Ведомство' }), { opaque: true })));
    expect(parsed.signatures.map(({ name, state }) => [name, state])).toEqual([['Ведомство', 'intact'], ['Соколова Марина Игоревна', 'intact']]);
    expect(parsed.text).toBe('Внутри');
    expect(parsed.attachments.map(({ name }) => name)).toEqual(['a.pdf']);
  });

  test('by ГОСТ: who signed is shown, what cannot be checked is told', async () => {
    const parsed = await read(detachedLetter(head, entity, signContent(Buffer.from(entity), signer, { opaque: false, gost: true })));
    expect(parsed.signatures).toMatchObject([{ name: 'Соколова Марина Игоревна', state: 'unchecked', reason: 'Подпись по ГОСТ: проверьте исходное письмо программой для электронной подписи' }]);
  });

  test('encrypted, damaged, without its signature: said in words, the file stays', async () => {
    const encrypted = await read(opaqueLetter(head, encryptedContent(), 'enveloped-data'));
    expect(encrypted.problems).toEqual(['Письмо зашифровано (S/MIME): здесь его прочитать нельзя. Сохраните исходник (.eml) и откройте его в почтовой программе, где есть ключ.']);
    expect(encrypted.attachments.map(({ name }) => name)).toEqual(['smime.p7m']);
    const container = signContent(Buffer.from(entity), signer, { opaque: true });
    for (let length = 0; length < container.length; length += 11) {
      const parsed = await read(opaqueLetter(head, container.subarray(0, length)));
      expect(parsed.signatures.filter(({ state }) => state === 'intact')).toEqual([]);
      expect(parsed.attachments.length + parsed.text.length).toBeGreaterThan(0);
    }
    const bare = await read(...head, 'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=s', '', '--s', entity, '--s--', '');
    expect(bare.problems).toContain('Письмо названо подписанным, но подписи в нём нет.');
  });
});

describe('the shape of letters', () => {
  test('format=flowed: lines are joined, quotes and stuffing kept, DelSp takes the blank', async () => {
    const flowed = (more: string, text: string) => read(...head, `Content-Type: text/plain; charset=utf-8; format=flowed${more}`, '', text);
    expect((await flowed('', 'Прошу \r\nответить \r\nмне.\r\n\r\n From дома\r\n-- \r\nПодпись')).text).toBe('Прошу ответить мне.\n\nFrom дома\n-- \nПодпись');
    expect((await flowed('; DelSp=yes', 'Про \r\nшу ответить.')).text).toBe('Прошу ответить.');
    expect((await flowed('', '> Прошу \r\n> ответить.\r\nДа.')).text).toBe('> Прошу ответить.\nДа.');
  });

  test('a piece of a letter that was cut when sent says so', async () => {
    const parsed = await read(...head, 'Content-Type: message/partial; id="one@pochta-mo.ru"; number=2; total=3', '', 'середина');
    expect(parsed.problems).toContain('Это часть 2 из 3 письма, разрезанного при отправке: остальные приходят отдельными письмами, сами они не соединяются. Попросите прислать письмо целиком.');
    expect(files(parsed)).toEqual([['Часть 2 из 3.txt', 'середина']]);
    expect((await read(...head, 'Content-Type: message/partial; number=1; total=1', '', 'Subject: a', '', 'b')).attachments[0]?.mediaType).toBe('message/rfc822');
  });

  test('headers twice and missing: the first that can be used is taken', async () => {
    const parsed = await read('From: Кто-то', 'From: <two@b.ru>', 'Subject: Первая', 'Subject: Вторая', 'Date: вчера', 'To: <a@b.ru>', 'To: <c@b.ru>', 'Content-Type: text/plain; charset=utf-8', 'Content-Type: text/html', '', 'текст');
    expect(parsed).toMatchObject({ subject: 'Первая', from: { address: 'two@b.ru' }, sentAt: null, text: 'текст' });
    expect(parsed.to.map(({ address }) => address)).toEqual(['a@b.ru', 'c@b.ru']);
    expect((await read('Subject: Одна тема', '', 'текст')).from.address).toBe('m.sokolova@pochta-mo.ru');
  });

  test('ten thousand recipients', async () => {
    const to = Array.from({ length: 10_000 }, (_, index) => `"Имя ${index}" <user${index}@example.ru>`).join(',\r\n ');
    const parsed = await read(...head.filter((line) => !line.startsWith('To')), `To: ${to}`, '', 'text');
    expect(parsed.to).toHaveLength(500);
    expect(parsed.problems).toEqual(['В поле «Кому» 10000 адресов: показаны первые 500, остальные — в исходном письме.']);
  });

  test('a hundred letters, each within the next: the outermost is read, the inner ones are its file', async () => {
    let raw = 'Subject: 0\r\n\r\nсердцевина';
    for (let level = 1; level <= 100; level += 1) raw = [`Subject: ${level}`, `Content-Type: multipart/mixed; boundary=b${level}x`, '', `--b${level}x`, 'Content-Type: text/plain; charset=utf-8', '', `слой ${level}`, `--b${level}x`, 'Content-Type: message/rfc822', '', raw, `--b${level}x--`, ''].join('\r\n');
    let parsed = await parseEmail(Buffer.from(raw), { returnPath: null });
    for (let level = 100; level >= 1; level -= 1) {
      expect([parsed.subject, parsed.text]).toEqual([String(level), `слой ${level}`]);
      parsed = await parseEmail(parsed.attachments[0]?.content ?? new Uint8Array(), { returnPath: null });
    }
    expect(parsed.text).toBe('сердцевина');
  });

  test('HTML of 20 MB: its beginning is kept, and the letter says so', async () => {
    const parsed = await read(...head, 'Content-Type: text/html; charset=utf-8', '', `<p>Начало</p>${'<p>Строка таблицы</p>'.repeat(1_000_000)}<p>Конец</p>`);
    expect(parsed.html?.length).toBeLessThanOrEqual(1_500_000);
    expect(parsed.html).not.toMatch(/<[^>]*$/);
    expect(parsed.text.startsWith('Начало')).toBe(true);
    expect(parsed.problems).toContain('Оформленный текст слишком велик: показано его начало. Всё письмо — в исходнике (.eml).');
  });

  test('read in a charset that a person chose: text, subject, names of people and of files', async () => {
    const raw = iconv.encode(['From: Щукин <a@b.ru>', 'To: Приёмная <c@d.ru>', 'Subject: Прошу ответить', 'Content-Type: multipart/mixed; boundary=b', '', '--b', 'Content-Type: text/plain', '', 'Текст', '--b', 'Content-Type: application/pdf', 'Content-Disposition: attachment; filename="Ёлки.pdf"', '', 'x', '--b--', ''].join('\r\n'), 'maccyrillic');
    const parsed = await parseEmail(raw, { returnPath: null }, 'maccyrillic');
    expect(parsed).toMatchObject({ subject: 'Прошу ответить', text: 'Текст', from: { name: 'Щукин' }, to: [{ name: 'Приёмная' }] });
    expect(parsed.attachments.map(({ name }) => name)).toEqual(['Ёлки.pdf']);
  });

  test('no bytes at all', async () => {
    expect(await parseEmail(Buffer.alloc(0), { returnPath: 'a@b.ru' })).toMatchObject({ from: { address: 'a@b.ru' }, subject: '', text: '', attachments: [] });
    expect((await parseEmail(Buffer.alloc(0), { returnPath: 'a@b.ru' })).problems[0]).toBe('Письмо пустое: в нём нет ни заголовка, ни текста.');
  });

  test('a bomb in an archive stays a file: nothing unpacks it', async () => {
    const zip = Buffer.from('504b0304140000000800', 'hex');
    expect(files(await read(...mixed(part('application/zip; name=bomb.zip', zip))))).toEqual([['bomb.zip', zip.toString('utf8')]]);
  });
});
