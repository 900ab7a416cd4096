/// <reference types="vite/client" />
import { textOf } from '../shared/base/json.ts';
import { fold } from '../shared/base/fold.ts';
import type { Json } from '../shared/base/json.ts';
import { documentTypeOf } from '../shared/domain/documents.ts';
import type { IncomingEmail } from '../shared/domain/incoming-email/model.ts';
import type { Task } from '../shared/domain/task/model.ts';
import type { Bridge, CallName, Connection, EventName, SessionState } from '../shared/protocol/ipc.ts';
import type { ListFilter, ListPage, ListQuery, ListRow } from '../shared/protocol/list.ts';

/**
 * A stand-in for the main process while the page is looked at in a plain browser (`vite` alone). The address says what to
 * show: `?scene=empty|loading|error|many|long|offline|login|password`. It is never part of a build.
 */
const scene = new URLSearchParams(window.location.search).get('scene') ?? 'plain';
const me = { userId: 'user-belova', login: 'belova', name: 'Белова\u00a0И.\u00a0С.', roles: ['mailSupervisor' as const, 'administrator' as const], branchIds: ['branch-north'] };
const names: Record<string, string> = { 'user-belova': me.name, 'user-kuznetsov': 'Кузнецов\u00a0П.\u00a0А.', 'client-1': 'Соколова Марина Игоревна' };

const people = ['Ермолаев Дмитрий Вячеславович', 'Соколова Марина Игоревна', 'СНТ «Берёзовая роща-2»', 'Администрация г. о. Пушкинский', 'Гаврилюк Олег Петрович', 'ООО «Домострой-Яхрома»', 'Тихомирова Анна Львовна', 'ГБУ «Мосводосток»', 'АО «Мытищинская теплосеть»', 'Шахбазян Карине Размиковна', 'Управление капитального строительства и жилищно-коммунального хозяйства'];
const subjects = ['Повреждён кабель у дома 7, искрит щит', 'Сроки по договору ТП И-26-00-418233/102', 'Акт сверки за III квартал 2026 года', 'Совещание 26.11 по выносу КЛ 10 кВ', 'Скачки напряжения в д. Сухарево, третий день', 'Письмо № 214/26 о переносе опоры', 'Re: КП-26-00001796 Не пришёл договор', 'Протокол рабочей встречи от 23.11.2026', 'Проверка подписки на уведомления', 'Просьба увеличить мощность с 15 до 25 кВт', 'Факсограмма о совещании 25.11'];
const minutes = [-8, 32, 44, 59, 76, 81, 98, 109, 122, 130, 146];
const text = `Здравствуйте!

Прошу сообщить, на какой стадии находится моя заявка на технологическое присоединение № И-26-00-418233/102 от 03.06.2026 (жилой дом, 15 кВт, д. Беляниново, ул. Центральная, д. 14, кадастровый № 50:12:0060114:327).

По договору срок выполнения мероприятий составляет 6 месяцев и истекает 10 декабря, но опоры на нашей улице до сих пор не установлены. На звонки в Мытищинский РЭС никто не отвечает.

Прошу назвать дату начала работ и прислать ответ на эту почту. Копии договора и квитанции об оплате прилагаю.

С уважением,
Соколова Марина Игоревна
тел. 8 (916) 204-18-55`;

const at = (offset: number): string => new Date(Date.now() + offset * 60_000).toISOString();

function emailOf(index: number, long: boolean): IncomingEmail {
  const name = people[index % people.length] ?? '';
  return {
    id: `em-${index}`, mailbox: 'clients', receivedAt: at(-60 - index), sentAt: at(-61 - index), messageId: `m${index}@pochta-mo.ru`, inReplyTo: null, references: [],
    from: { name: long ? `${name} `.repeat(4).trim() : name, address: `sender${index}@pochta-mo.ru` }, replyTo: [], returnPath: null, to: [{ name: '', address: 'client@moesk.ru' }], cc: [],
    subject: long ? `${subjects[index % subjects.length] ?? ''} — `.repeat(5) : (subjects[index % subjects.length] ?? ''), text, htmlFileId: null, rawFileId: 'raw',
    attachments: [
      { id: 'a1', fileId: 'f1', name: 'Договор ТП И-26-00-418233.pdf', size: 1_400_000, mediaType: 'application/pdf', contentId: null, inline: false },
      { id: 'a2', fileId: 'f2', name: long ? 'Очень_длинное_имя_файла_'.repeat(6) + '.jpg' : 'Квитанция_оплата.jpg', size: 386_000, mediaType: 'image/jpeg', contentId: null, inline: false },
    ],
    problems: [], automation: 'person', state: 'new', holderId: null, takenAt: null, eventId: `ev-${index}`, conversationId: `c-${index}`, continuationOf: null, fromWhom: null, classification: null, clientId: null,
    kindId: null, categoryId: null, subtopicId: null, topicId: null, signatory: '', meetingTime: '', number: null, numberedAt: null, appealId: null, awaitsAsud: false, applicationIds: [], suppressedReplies: [],
  };
}

function taskOf(index: number, long: boolean): Task {
  const email = emailOf(index, long);
  const holderId = index % 11 === 4 ? me.userId : index % 11 === 5 ? 'user-kuznetsov' : null;
  return {
    id: `task-${String(index).padStart(6, '0')}`, kind: index % 7 === 6 && index > 10 ? 'undelivered' : 'incomingEmail', documentType: 'incomingEmail', documentId: email.id, roles: ['mailSupervisor'], assigneeId: null, offeredTo: null, holderId,
    takenAt: holderId === null ? null : at(-5), createdAt: email.receivedAt, dueAt: at((minutes[index % 11] ?? 0) + Math.floor(index / 11) * 47 + 0.9), ruleId: null, state: holderId === null ? 'open' : 'inWork', endedAt: null, fromName: email.from.name, subject: email.subject,
  };
}

const documents = new Map<string, Map<string, Record<string, unknown>>>();
const pending = new Set<string>();
const listeners = new Map<EventName, Set<(payload: unknown) => void>>();

function fill(count: number, long: boolean): void {
  documents.set('incomingEmail', new Map(Array.from({ length: count }, (_, index) => [`em-${index}`, { ...emailOf(index, long) }])));
  documents.set('task', new Map(Array.from({ length: count }, (_, index) => taskOf(index, long)).map((task) => [task.id, { ...task }])));
}
fill(scene === 'empty' ? 0 : scene === 'many' ? 12_000 : 29, scene === 'long');

function columnValue(type: string, column: string, document: Record<string, unknown>): string | number | boolean | null {
  const declared = documentTypeOf(type).columns[column];
  if (declared === undefined) return null;
  const value = declared.value(document as { id: string }); // the stand-in keeps documents of the type
  if (declared.kind === 'ref') return typeof value === 'string' ? value : null;
  return declared.kind === 'text' && typeof value === 'string' ? fold(value) : value;
}

function holds(type: string, document: Record<string, unknown>, { column, op, value }: ListFilter): boolean {
  const own = columnValue(type, column, document);
  if (op === 'in') return Array.isArray(value) && value.includes(String(own));
  if (op === 'empty') return own === null || own === '';
  if (op === 'notEmpty') return own !== null && own !== '';
  if (op === 'contains') return String(own).includes(fold(String(value)));
  if (op === 'lt') return own !== null && String(own) < String(value);
  if (op === 'gt') return own !== null && String(own) > String(value);
  return (own === (value ?? null)) === (op === 'eq');
}

function list({ type, where, search, sort, offset, limit }: ListQuery): ListPage {
  const found = [...(documents.get(type)?.values() ?? [])].filter((one) => where.every((filter) => holds(type, one, filter)) && documentTypeOf(type).searchPlaces(one as { id: string }).some(({ text }) => fold(text).includes(fold(search)))); // as above
  const [by] = sort;
  if (by !== undefined) {
    const order = (one: Record<string, unknown>): string => String(columnValue(type, by.column, one) ?? '');
    found.sort((a, b) => (order(a) < order(b) ? -1 : order(a) > order(b) ? 1 : 0) * (by.descending ? -1 : 1));
  }
  return { total: found.length, rows: found.slice(offset, offset + limit).map(rowOf) };
}

function rowOf(document: Record<string, unknown>): ListRow {
  return { document: document as ListRow['document'], refs: names, pending: pending.has(String(document['id'])) }; // documents of the stand-in are JSON
}

function emit(name: EventName, payload: unknown): void {
  for (const listener of listeners.get(name) ?? []) listener(payload);
}

function change(type: string, id: string, part: Record<string, unknown>): void {
  const known = documents.get(type)?.get(id);
  if (known !== undefined) documents.get(type)?.set(id, { ...known, ...part });
}

function run(name: string, input: Record<string, unknown>): unknown {
  const id = String(input['id']);
  const task = [...(documents.get('task')?.values() ?? [])].find((one) => one['documentId'] === id);
  const taskId = textOf(task?.['id']);
  if (name === 'incomingEmail.take') {
    change('task', taskId, { state: 'inWork', holderId: me.userId });
    change('incomingEmail', id, { state: 'inWork', holderId: me.userId });
    if (scene === 'offline') pending.add(taskId);
  } else if (name === 'incomingEmail.markSpam') change('task', taskId, { state: 'done' });
  else if (name === 'incomingEmail.returnToQueue' || name === 'incomingEmail.unmarkSpam') change('task', taskId, { state: 'open', holderId: null });
  else return { ok: false, refusal: { code: 'internal', details: {} } };
  setTimeout(() => emit('changed', { types: ['task', 'incomingEmail'] }), 10);
  return { ok: true, value: { commandId: crypto.randomUUID() } };
}

const connection: Connection = {
  state: scene === 'offline' ? 'offLine' : 'onLine', since: at(-22), dataAt: at(scene === 'offline' ? -22 : 0), nextAttemptAt: at(0.3), waiting: scene === 'offline' ? 14 : 0, rejected: scene === 'offline' ? 2 : 0, filling: false, snapshotPercent: null, snapshotFailed: false,
  external: [{ system: 'mail', title: 'Почта', works: true, detail: '', since: at(-100), waiting: 0 }, { system: 'asfeu', title: 'АС ФЭУ', works: true, detail: '', since: at(-100), waiting: 0 }],
};
const loggedOut: SessionState = {
  state: 'loggedOut', lastLogin: scene === 'password' ? '' : 'belova', deskName: 'ЦОК «Мытищи», окно 3', knownLogins: ['belova', 'kuznetsov'], reason: null,
  welcome: { protocol: 1, oldestProtocol: 1, version: '0.1.0', demoUsers: ['Белова Ирина Сергеевна', 'Кузнецов Пётр Андреевич', 'Орлова Татьяна Викторовна', 'Сафина Гузель Рашидовна'].map((name, index) => ({ login: `user${index}`, password: 'okno-demo', name, roles: 'Супервайзер по обработке писем' })) },
};
const loggedIn: SessionState = { state: 'loggedIn', user: me, deskName: 'ЦОК «Мытищи», окно 3', offline: scene === 'offline', locked: scene === 'locked' };
let session: SessionState = scene === 'login' || scene === 'password' ? loggedOut : loggedIn;

const answers: Partial<Record<CallName, (args: never) => unknown>> = {
  'app.info': () => ({ version: '0.1.0', server: 'http://127.0.0.1', platform: 'linux' }),
  'client.candidates': () => Array.from({ length: 3 }, () => ({ row: { document: { id: 'client-1' }, refs: {}, pending: false }, matched: ['name'] })),
  'command.run': ({ name, input }: { name: string; input: Record<string, unknown> }) => run(name, input),
  'connection.state': () => connection,
  'document.get': ({ type, id }: { type: string; id: string }) => {
    const known = documents.get(type)?.get(id);
    return known === undefined ? null : rowOf(known);
  },
  'document.history': () => ({ ok: false, refusal: { code: 'noConnection', details: {} } }),
  'document.list': async (query: ListQuery) => {
    if (scene === 'loading') await new Promise(() => undefined);
    if (scene === 'error') throw new Error('CACHE_CORRUPT');
    return list(query);
  },
  'document.totals': async (queries: ListQuery[]) => {
    if (scene === 'loading' || scene === 'error') await new Promise(() => undefined);
    return queries.map((query) => list(query).total);
  },
  'draft.all': () => [],
  'session.login': ({ newPassword }: { newPassword?: string }) => {
    if (scene === 'password' && newPassword === undefined) return { ok: false, refusal: { code: 'required', details: { fields: ['новый пароль'], field: 'newPassword' } } };
    session = loggedIn;
    return { ok: true, value: session };
  },
  'session.lock': () => (session = { ...loggedIn, locked: true }),
  'session.unlock': () => ({ ok: true, value: (session = { ...loggedIn, locked: false }) }),
  'session.logout': () => (session = loggedOut),
  'session.state': () => session,
  'settings.get': ({ key }: { key: string }) => JSON.parse(window.sessionStorage.getItem(key) ?? 'null') as Json, // written by the line below
  'settings.set': ({ key, value }: { key: string; value: Json }) => window.sessionStorage.setItem(key, JSON.stringify(value)),
};

/** While the page is looked at, new letters come by `window.oknoArrive(3)`, another user writes by `window.oknoChange(type, id, part)`. */
export function devBridge(): Bridge {
  Object.assign(window, {
    oknoChange: (type: string, id: string, part: Record<string, unknown>) => {
      change(type, id, part);
      emit('changed', { types: [type] });
    },
    oknoArrive: (count: number) => {
      for (let index = 0; index < count; index += 1) {
        const task = { ...taskOf(20_000 + index, false), kind: 'incomingEmail', dueAt: at(-100 + index), id: `task-new-${Date.now()}-${index}` };
        documents.get('task')?.set(task.id, task);
      }
      emit('changed', { types: ['task'] });
    },
  });
  return {
    call: async (name, args) => (await answers[name]?.(args as never)) ?? (name === 'draft.save' || name === 'draft.remove' ? {} : null), // each answer knows its own arguments
    on: (name, listener) => {
      const held = listeners.get(name) ?? new Set();
      listeners.set(name, held.add(listener));
      return () => held.delete(listener);
    },
  };
}
