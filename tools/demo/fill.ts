import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { fillDemo } from './fill-demo.ts';

const usage = `Наполняет новую базу вымышленной компанией.

node tools/demo/fill.ts --server АДРЕС --smtp-port N --emulator АДРЕС --admin-login ИМЯ --admin-password ПАРОЛЬ [--demo-users ФАЙЛ]
  --server      адрес центра, например http://127.0.0.1:8420
  --smtp-port   порт, на котором центр принимает письма (--smtp-host, если центр не на этом компьютере)
  --emulator    адрес эмулятора АС ФЭУ: заявки приходят только через него
  --mailbox-clients, --mailbox-requests   почтовые ящики центра, если он их не называет сам
  --demo-users  куда записать список пользователей для окна входа
  --clients N, --applications N   сколько сделать (обычно 2000 и 5000)`;

function options(): Parameters<typeof fillDemo>[0] & { readonly demoUsers: string | undefined } {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ options: { server: text, 'smtp-port': text, 'smtp-host': text, emulator: text, 'admin-login': text, 'admin-password': text, 'demo-users': text, clients: text, applications: text, 'mailbox-clients': text, 'mailbox-requests': text } });
  const { server, emulator, 'smtp-port': smtpPort, 'admin-login': login, 'admin-password': password } = values;
  const { 'mailbox-clients': clientsMailbox, 'mailbox-requests': requestsMailbox } = values;
  if (!server || !emulator || !smtpPort || !login || !password) throw new Error(usage);
  return {
    server,
    emulator,
    smtp: { host: values['smtp-host'] ?? '127.0.0.1', port: Number(smtpPort), ...(clientsMailbox && requestsMailbox ? { mailboxes: { clients: clientsMailbox, requests: requestsMailbox } } : {}) },
    administrator: { login, password },
    counts: { clients: Number(values.clients ?? 2000), applications: Number(values.applications ?? 5000) },
    say: (line) => console.log(line),
    demoUsers: values['demo-users'],
  };
}

try {
  const { demoUsers, ...rest } = options();
  const rows = await fillDemo(rest);
  if (demoUsers !== undefined) writeFileSync(demoUsers, `${JSON.stringify(rows, null, 2)}\n`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
