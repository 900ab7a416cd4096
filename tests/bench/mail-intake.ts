import { mkdtempSync, rmSync } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import nodemailer from 'nodemailer';
import PostalMime from 'postal-mime';
import { mailAdapter } from '../../server/adapters/mail/mail-adapter.ts';
import { centreConfigSchema } from '../../server/config.ts';
import { startTestCentre } from '../server/running-centre.ts';
import { timed, type Measurement, type Pair } from './measurement.ts';

const lettersOfRound = 100;
const connections = 10;

interface Letter {
  readonly from: string;
  readonly raw: Buffer;
}

const paragraph = 'Прошу сообщить срок выполнения мероприятий по договору технологического присоединения. ';

/** A usual letter: text and HTML of some 3 KB each, an attachment of 20 KB; each from an address of its own. */
async function letters(): Promise<readonly Letter[]> {
  const composer = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });
  return Promise.all(
    Array.from({ length: lettersOfRound }, async (): Promise<Letter> => {
      const id = randomUUID();
      const from = `sender-${id}@pochta-mo.ru`;
      const { message } = await composer.sendMail({
        from: `Соколова Марина <${from}>`, to: 'client@moesk.ru', subject: `Сроки по договору ${id.slice(0, 8)}`, messageId: `<${id}@pochta-mo.ru>`,
        text: paragraph.repeat(18), html: `<p>${paragraph.repeat(18)}</p>`, attachments: [{ filename: 'Договор.pdf', content: Buffer.alloc(20_000, id) }],
      });
      if (!Buffer.isBuffer(message)) throw new Error('The letter is not a buffer');
      return { from, raw: message };
    }),
  );
}

const perSecond = (ms: number): number => (lettersOfRound * 1_000) / ms;

async function parseAndKeep(folder: string, batch: readonly Letter[]): Promise<void> {
  for (const { raw } of batch) {
    const { subject } = await PostalMime.parse(raw);
    if (subject === undefined) throw new Error('A letter without its subject');
    const file = await openFile(path.join(folder, randomUUID()), 'w');
    await file.write(raw);
    await file.sync();
    await file.close();
  }
}

async function open(): Promise<Pair> {
  const adapter = mailAdapter(centreConfigSchema.parse({ relayTimeoutMs: 2_000 }));
  const centre = await startTestCentre({ mailboxClients: 'client@moesk.ru', mailboxRequests: 'zapros@moesk.ru' }, { adapters: [adapter] });
  const transport = nodemailer.createTransport({ host: '127.0.0.1', port: centre.smtpPort ?? 0, secure: false, ignoreTLS: true, pool: true, maxConnections: connections, maxMessages: 1_000_000 });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'okno-bench-mail-'));
  let sent = 0;
  const documents = async (): Promise<number> => {
    const { rows } = await centre.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM document WHERE type = 'incomingEmail'`);
    return rows[0]?.n ?? 0;
  };
  return {
    product: async () => {
      const batch = await letters();
      sent += batch.length;
      return perSecond(await timed(async () => {
        await Promise.all(batch.map(({ from, raw }) => transport.sendMail({ envelope: { from, to: ['client@moesk.ru'] }, raw })));
        while ((await documents()) < sent) await pause(20); // to ask more often would itself be work
      }));
    },
    bare: async () => {
      const batch = await letters();
      return perSecond(await timed(() => parseAndKeep(folder, batch)));
    },
    close: async () => {
      transport.close();
      rmSync(folder, { recursive: true, force: true });
      await centre.remove();
    },
  };
}

export const mailIntake: Measurement = {
  name: 'mailIntake', title: 'Приём писем', unit: 'писем/с', goal: { side: 'atLeast', ratio: 0.4 }, rounds: 9, open,
  productTitle: '100 писем по SMTP до документа «Входящее электронное письмо» с задачей, 10 соединений',
  bareTitle: 'разбор (postal-mime) и файл с fsync, одно за другим',
};
