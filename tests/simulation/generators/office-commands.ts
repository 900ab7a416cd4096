import { dictionaryNames } from '../../../shared/domain/dictionary/commands.ts';
import type { AppealForm } from '../../../shared/domain/appeal/commands.ts';
import type { OutgoingInput } from '../../../shared/domain/outgoing-email/commands.ts';
import { roles } from '../../../shared/base/roles.ts';
import { aMailbox, anApplication, aUser, examples } from '../../helpers/builders.ts';
import type { Draw, Drawn, Generator } from './draw.ts';

const digits = (draw: Draw, count: number): string => Array.from({ length: count }, () => String(draw.random.between(0, 9))).join('');

const created: Generator = (draw) => {
  const email = draw.document('incomingEmail', ({ state, holderId, appealId }) => state === 'numbered' && holderId !== null && appealId === null);
  const hasIntermediary = draw.random.chance(0.2);
  const appeal: AppealForm = {
    id: draw.newId('appeal'), incomingEmailId: draw.mostly(email?.id ?? 'unknown', 'unknown', 'em-1'), clientId: draw.mostly(email?.clientId ?? 'client-1', 'client-2', ''), registrationPlace: 'email', deliveryPlace: draw.of('email', 'post', 'office'), intakeChannel: 'other',
    content: email?.text ?? '', attachments: [], phone: '', email: '', applicationIds: [...draw.of([], ['application-1'], ['application-1', 'application-1'], ['unknown'])], dataFromApplicationId: null, objectName: '', address: '', regionId: null, gridDistrictId: null,
    branchId: draw.mostly('branch-north', 'branch-south', '', 'unknown'), responsibleId: draw.mostly('employee-safina', '', 'unknown'), hasIntermediary, intermediaryId: hasIntermediary ? draw.of('client-2', null) : null, authorityNumber: '',
    authorityFrom: draw.mostly('', '2026-01-01', 'вчера'), authorityTo: draw.mostly('', '2025-01-01', '2027-01-01'),
  };
  return { input: { appeal }, author: draw.holder(email) };
};

/** What «Исходящее электронное письмо» is written with: a new one, an own draft, a letter of somebody, an answer, a forward. */
function written(draw: Draw): Drawn {
  const kind = draw.of('new', 'forward', 'reply');
  const email = kind === 'new' ? undefined : draw.document('incomingEmail', ({ state, awaitsAsud }) => state === 'inWork' || state === 'numbered' || awaitsAsud);
  const draft = draw.random.chance(0.3) ? draw.document('outgoingEmail', ({ state }) => state === 'draft') : undefined;
  const input: OutgoingInput = {
    id: draft?.id ?? draw.newId('outgoingEmail'), kind, incomingEmailId: email?.id ?? draw.mostly(null, 'unknown'), to: [...draw.addresses()], cc: [...draw.of([], draw.addresses())],
    subject: draw.mostly('Тема письма', '', 'Т'.repeat(6001), '  Две\n строки '), text: draw.mostly('Текст', '', 'Номер {номер обращения}'), attachments: [],
    ...draw.of({}, { known: null }, { known: draw.of([], [`incomingEmail:${email?.id ?? ''}`]) }),
  };
  const writer = draw.author('operator', 'mailSupervisor', 'supervisor');
  return { input, author: kind === 'new' ? (draw.user(draft?.authorId) ?? writer) : draw.random.chance(0.9) ? draw.holder(email) : writer };
}

const onOutgoing = (state: string, more: (draw: Draw) => object): Generator => (draw) => ({ input: { id: draw.id('outgoingEmail', (email) => email.state === state), ...more(draw) }, author: draw.author('operator', 'mailSupervisor', 'supervisor') });

const byCentre = (generator: Generator): Generator => (draw) => ({ ...generator(draw), author: null });

const entry: Generator = (draw) => {
  const type = draw.of(...dictionaryNames);
  const there = draw.random.chance(0.5) ? draw.document(type, () => true) : undefined;
  const document = there ?? examples[type]();
  const id = there === undefined && type !== 'mailSettings' ? draw.newId(type) : document.id;
  const more = Object.fromEntries(
    Object.entries({ name: ['Новое наименование', '', ' '], branchId: ['branch-north', 'unknown'], topicId: ['topic-1', 'unknown'], value: [3, 5], clientsMailbox: ['client@moesk.ru', 'не адрес'], validFrom: ['2026-01-01T00:00:00.000Z', 'вчера'] })
      .filter(([field]) => field in document && draw.random.chance(0.3))
      .map(([field, values]) => [field, draw.random.pick<unknown>(values)]),
  );
  // Entries that letters are classified by stay in use, so that histories go on.
  const deleted = there === undefined && draw.random.chance(0.1) ? { deleted: true } : {};
  return { input: { type, document: { ...document, id, ...more, ...deleted } }, author: draw.author('dictionaryEditor', 'administrator') };
};

export const officeGenerators = {
  'appeal.create': created,
  'appeal.recordRegistration': byCentre((draw) => ({ input: { id: draw.id('appeal', ({ number }) => number === null), number: draw.mostly(`А-${digits(draw, 6)}`, ' ', 'А-1'), barcode: draw.mostly(digits(draw, 16), '1', '12345678901234567') }, author: null })),
  'appeal.recordProblem': byCentre((draw) => ({ input: { id: draw.id('appeal', ({ number }) => number === null), problem: draw.of('АС ФЭУ не отвечает', 'Занято', '') }, author: null })),
  'application.receive': byCentre((draw) => {
    const id = draw.of('application-1', 'application-2', 'application-3', draw.newId('application'));
    const application = anApplication({ id, number: `И-26-00-${digits(draw, 6)}/102`, clientId: draw.of(null, 'client-1', 'client-of-asfeu'), stage: draw.of('works', 'contracted', 'completed'), applicantPhone: draw.of('', '8 916 204 18 55'), applicantInn: draw.of('', '500100732259'), branchId: draw.of('branch-north', 'branch-south', null) });
    return { input: { application: draw.mostly<unknown>(application, { ...application, powerKw: -1 }), ...(draw.random.chance(0.2) ? { withdrawn: draw.of(true, false) } : {}) }, author: null };
  }),
  'outgoingEmail.save': written,
  'outgoingEmail.send': written,
  'outgoingEmail.retry': onOutgoing('failed', () => ({})),
  'outgoingEmail.resolveUnknown': onOutgoing('unknown', (draw) => ({ sent: draw.of(true, false) })),
  'outgoingEmail.recordResult': byCentre(onOutgoing('queued', (draw) => ({ result: draw.of('sent', 'failed', 'unknown', 'retrying'), serverAnswer: draw.of('', '250 ок', '550 нет такого'), rawFileId: null, attempts: draw.mostly(1, 2, -1, 0.5) }))),
  'outgoingEmail.recordBounce': byCentre(onOutgoing('sent', (draw) => ({ incomingEmailId: draw.of(null, 'em-1'), reason: draw.of('', 'Ящик переполнен') }))),
  'task.take': (draw) => {
    const task = draw.document('task', ({ kind, state }) => kind !== 'incomingEmail' && state === 'open');
    return { input: { id: task?.id ?? 'unknown' }, author: draw.user(task?.assigneeId) ?? draw.authorWhoSees('task', task, 'operator', 'mailSupervisor', 'checker', 'executor') };
  },
  'task.finish': (draw) => {
    const task = draw.document('task', ({ kind, state }) => kind === 'undelivered' && state === 'inWork');
    return { input: { id: draw.mostly(task?.id ?? 'unknown', 'unknown'), comment: draw.text() }, author: draw.user(task?.holderId) ?? draw.author('mailSupervisor', 'checker') };
  },
  'dictionary.write': entry,
  'mailbox.create': (draw) => {
    const mailbox = aMailbox({ id: draw.newId('mailbox'), address: draw.mostly(`box${digits(draw, 4)}@moesk.ru`, 'client@moesk.ru', 'не адрес', ''), folders: [...draw.mostly(['INBOX'], [], ['INBOX', 'INBOX', ' Обращения '])], afterTaking: draw.of('seen', 'move', 'delete', 'leave'), moveTo: draw.mostly('Архив', '', 'INBOX'), takeFrom: draw.mostly('', '2026-11-01', 'вчера') });
    return { input: { mailbox }, author: draw.author('administrator') };
  },
  'mailbox.save': (draw) => {
    const mailbox = draw.document('mailbox', () => true);
    const edits = [
      draw.edit(mailbox, 'active', draw.of(true, false)),
      draw.edit(mailbox, draw.mostly('imapHost', 'id', 'deleted', 'constructor'), draw.mostly<unknown>('mail.moesk.ru', 'с пробелом', 5)),
      draw.edit(mailbox, 'address', draw.mostly(`box${digits(draw, 4)}@moesk.ru`, 'нет')),
      draw.edit(mailbox, 'imapPort', draw.mostly<unknown>(143, 0, '993')),
    ].filter((_, n) => n < 1 || draw.random.chance(0.3));
    return { input: { id: draw.mostly(mailbox?.id ?? 'unknown', 'unknown'), edits }, author: draw.author('administrator') };
  },
  'user.create': (draw) => {
    const login = draw.mostly(`user${digits(draw, 6)}`, 'belova', '', 'Два слова');
    const user = aUser({ id: draw.newId('user'), login, roles: [...draw.mostly(['operator'], [])] as never[], branchIds: [...draw.mostly(['branch-north'], ['unknown'], [])], employeeId: draw.mostly(null, 'employee-safina', 'unknown') });
    return { input: { user }, author: draw.author('administrator') };
  },
  'userSetting.write': (draw) => ({ input: { key: draw.mostly('list.clients', 'window.theme', 'не ключ'), value: draw.mostly<unknown>('dark', null, { sort: { column: 'name', descending: true } }, 'x'.repeat(30_000)) }, author: draw.author(...roles) }),
  'user.save': (draw) => {
    // Those who act keep their rights: a session that ends is another test's matter.
    const acting = new Set(draw.authors.map(({ userId }) => userId));
    const user = draw.document('user', ({ id }) => !acting.has(id));
    const isActing = acting.has(user?.id ?? '');
    const edits = [
      draw.edit(user, 'middleName', draw.of('Петровна', 'Ильич', '')),
      draw.edit(user, draw.mostly('firstName', 'id', 'deleted', 'нет такого', 'constructor'), draw.of('Анна', 'Пётр', ' Ян ')),
      ...(isActing ? [] : [draw.edit(user, 'roles', draw.of([draw.of(...roles)], ['operator', 'checker'], [])), draw.edit(user, 'active', draw.of(true, false)), draw.edit(user, 'login', draw.of(`user${digits(draw, 6)}`, 'kotov', ''))]),
      draw.edit(user, 'branchIds', draw.of(['branch-north', 'branch-south'], ['unknown'])),
    ].filter((_, n) => n < 1 || draw.random.chance(0.2));
    return { input: { id: draw.mostly(user?.id ?? 'unknown', 'unknown'), edits: isActing ? edits.filter(({ path }) => path !== 'branchIds') : edits }, author: draw.author('administrator') };
  },
} as const satisfies Readonly<Record<string, Generator>>;
