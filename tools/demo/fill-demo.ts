import { setTimeout as pause } from 'node:timers/promises';
import { commandByName } from '../../shared/domain/commands.ts';
import { mailSettingsId, mailSettingsSchema } from '../../shared/domain/mail-settings/model.ts';
import type { PulledRow } from '../../shared/protocol/sync.ts';
import { apiDesk, CentreRefusal, type ApiDesk, type DeskSession } from './api-desk.ts';
import { loadApplications } from './asfeu-feed.ts';
import { databaseState } from './database-state.ts';
import { demoCommand, demoData, type DemoData, type DictionaryInput } from './demo-data.ts';
import { demoUsers, loginScreenRows } from './demo-users.ts';
import { demoLetters } from './letters.ts';
import { letterMessageId, sendLetters, type Mailboxes } from './mail-sending.ts';
import { sentLetters } from './sent-letters.ts';

export interface FillOptions {
  readonly server: string;
  readonly emulator: string;
  readonly smtp: { readonly host: string; readonly port: number; readonly mailboxes?: { readonly clients: string; readonly requests: string } };
  readonly administrator: { readonly login: string; readonly password: string };
  readonly counts: { readonly clients: number; readonly applications: number };
  /** One line of progress in Russian. */
  readonly say: (line: string) => void;
}

const feedPatienceMs = 120_000;

/** The first administrator's password is for one time: it is replaced at once, and a second filling knows by what. */
async function loginAdministrator(desk: ApiDesk, { login, password }: FillOptions['administrator']): Promise<DeskSession> {
  const replaced = `${password}-demo`;
  try {
    return await desk.login(login, password);
  } catch (error) {
    const code = error instanceof CentreRefusal ? error.refusal?.code : undefined;
    if (code === 'required') return desk.login(login, password, { newPassword: replaced });
    if (code === 'badCredentials') return desk.login(login, replaced);
    throw error;
  }
}

function dictionaryCommands(inputs: readonly DictionaryInput[]): ReturnType<typeof demoCommand>[] {
  return inputs.map((input) => demoCommand('dictionary.write', `${input.type} ${input.document.id}`, input));
}

async function createUsers(desk: ApiDesk, administrator: DeskSession): Promise<void> {
  await desk.run(administrator, demoUsers.map(({ user }) => demoCommand('user.create', user.id, { user })));
  for (const { user, password } of demoUsers) await desk.setPassword(administrator, user.id, password);
}

/** A session of the first demo user whose roles let him run the command. */
async function sessionFor(desk: ApiDesk, commandName: string): Promise<DeskSession> {
  const roles = commandByName(commandName)?.roles ?? [];
  const able = demoUsers.find(({ user }) => roles !== 'system' && user.roles.some((role) => roles.includes(role)));
  if (!able) throw new Error(`Никто из пользователей не может выполнить ${commandName}`);
  return desk.login(able.user.login, able.password);
}

async function createClients(desk: ApiDesk, { clients }: DemoData, say: FillOptions['say']): Promise<void> {
  const session = await sessionFor(desk, 'client.create');
  const commands = clients.map(({ client }) => demoCommand('client.create', client.id, { client, link: null }));
  await desk.run(session, commands, (done) => {
    if (done % 600 === 0) say(`  клиенты: ${done} из ${clients.length}`);
  });
}

async function awaitApplications(desk: ApiDesk, expected: number, say: FillOptions['say']): Promise<void> {
  const news = desk.follow(await sessionFor(desk, 'client.create'));
  const arrived = new Set<string>();
  const deadline = Date.now() + feedPatienceMs;
  for (;;) {
    for (const { type, id } of await news()) if (type === 'application') arrived.add(id);
    if (arrived.size >= expected) return;
    if (Date.now() > deadline) throw new Error(`Из АС ФЭУ пришло только ${arrived.size} заявок из ${expected}. Проверьте, что центр запущен с адресом эмулятора (--asfeu-url), и повторите.`);
    say(`  заявки из АС ФЭУ: ${arrived.size} из ${expected}`);
    await pause(3000);
  }
}

/** Sends the company's own letters, and then all that have not arrived yet, the answers of machines to ours among them. */
async function sendMissingLetters(desk: ApiDesk, mailboxes: Mailboxes, now: Date): Promise<number> {
  const session = await sessionFor(desk, 'incomingEmail.take');
  await desk.run(session, sentLetters.map(({ input }) => demoCommand('outgoingEmail.send', input.id, input)));
  const rows = await desk.pull(session);
  const messageIds = (wanted: string): Map<string, string> =>
    new Map(rows.flatMap(({ type, id, document }) => (type === wanted && typeof document?.['messageId'] === 'string' ? [[id, document['messageId']] as const] : [])));
  const arrived = new Set(messageIds('incomingEmail').values());
  const ours = messageIds('outgoingEmail');
  const missing = demoLetters
    .map((letter, index) => ({ letter, index, answered: ours.get(sentLetters.find(({ key }) => key === letter.answersTo)?.input.id ?? '') }))
    .filter(({ letter, index }) => !arrived.has(letterMessageId(letter, index)));
  await sendLetters(missing, mailboxes, now);
  return missing.length;
}

/** The mailboxes as the centre has written them, unless they are given. */
function mailboxesOf(rows: readonly PulledRow[], given: FillOptions['smtp']['mailboxes']): Pick<Mailboxes, 'clients' | 'requests'> {
  if (given) return given;
  const settings = mailSettingsSchema.safeParse(rows.find(({ type, id }) => type === 'mailSettings' && id === mailSettingsId)?.document);
  if (!settings.success) throw new Error('Центр не назвал своих почтовых ящиков. Укажите их: --mailbox-clients АДРЕС --mailbox-requests АДРЕС.');
  return { clients: settings.data.clientsMailbox, requests: settings.data.requestsMailbox };
}

/**
 * Fills a new centre with the demo company, through the same doors as real data: commands of a desk, letters over SMTP,
 * applications by the feed of АС ФЭУ. A filling that was broken off is taken up again; a database with other data is
 * refused. Answers the users for the login screen. Errors are in Russian.
 */
export async function fillDemo({ server, emulator, smtp, administrator, counts, say }: FillOptions): Promise<ReturnType<typeof loginScreenRows>> {
  const now = new Date();
  const desk = apiDesk(server, 'Наполнение демо-базы');
  const session = await loginAdministrator(desk, administrator);
  const rows = await desk.pull(session);
  const data = demoData(now.getTime(), counts);
  const state = databaseState(rows, data, administrator.login);
  if (state === 'foreign') throw new Error('В базе уже есть данные: демо-компания записывается только в новую. Укажите другую папку данных или другую базу.');
  if (state === 'filled') {
    say('Демо-компания уже записана.');
    return loginScreenRows(demoUsers);
  }
  const mailboxes = mailboxesOf(rows, smtp.mailboxes);
  say(state === 'empty' ? 'Демо-компания: справочники' : 'Демо-компания: продолжаю прерванное наполнение');
  await desk.run(session, dictionaryCommands(data.dictionaries));
  say(`Пользователи: ${demoUsers.length}`);
  await createUsers(desk, session);
  say(`Клиенты: ${data.clients.length}`);
  await createClients(desk, data, say);
  say(`Заявки: ${data.applications.length}, через эмулятор АС ФЭУ`);
  await loadApplications(emulator, data.applications);
  await awaitApplications(desk, data.applications.length, say);
  const sent = await sendMissingLetters(desk, { ...smtp, ...mailboxes }, now);
  say(`Письма: ${sent}, по SMTP`);
  await desk.run(session, dictionaryCommands(data.last));
  say(`Готово за ${Math.round((Date.now() - now.getTime()) / 1000)} с`);
  return loginScreenRows(demoUsers);
}
