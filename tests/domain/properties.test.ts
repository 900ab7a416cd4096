import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDeepStrictEqual } from 'node:util';
import { addMs } from '../../shared/base/instant.ts';
import { derivedId, driveAsync, driveSync, type Author, type Read, type ReadAnswer } from '../../shared/base/rule-book.ts';
import { systemAuthor } from '../../shared/base/scope.ts';
import { classTable } from '../../shared/domain/incoming-email/class-rules.ts';
import { receivedEmailSchema } from '../../shared/domain/incoming-email/received-model.ts';
import { formatNumber } from '../../shared/protocol/sync.ts';
import { aClient, anApplication, anIncomingEmail } from '../helpers/builders.ts';
import { belova, kotov, operator, senior, theCommand, World } from '../helpers/domain-world.ts';
import { contextOf, runInMemory } from '../helpers/memory-store.ts';

/** One step of a random history: a command with its input, by someone, some time later. */
interface Step {
  readonly name: string;
  readonly input: object;
  /** `holder`: who has the letter in work, else Белова. */
  readonly by: Author | 'holder';
  readonly pause: number;
}

const emailId = fc.constantFrom('em-1', 'em-2', 'em-3');
const clientId = fc.constantFrom('client-1', 'client-2', 'none');
const outgoingId = fc.constantFrom('out-1', 'out-2', 'out-3', 'out-4', 'out-5', 'out-6');
const appealId = fc.constantFrom('appeal-1', 'appeal-2');
const orNull = <T>(values: fc.Arbitrary<T>) => fc.oneof({ weight: 5, arbitrary: values }, fc.constant(null));
const recipients = fc.oneof({ weight: 6, arbitrary: fc.constant([{ name: '', address: 'res@branch.ru' }]) }, fc.constant([]), fc.constant([{ name: '', address: 'нет' }]));

const received = fc.record({
  id: emailId,
  from: fc.constantFrom({ name: 'Соколова', address: 'm.sokolova@pochta-mo.ru' }, { name: '', address: '' }, { name: '', address: 'other@x.ru' }),
  automation: fc.constantFrom('person', 'person', 'person', 'automatic', 'bulk', 'autoReply', 'bounce'),
  inReplyTo: fc.constantFrom(null, 'em-1@x', 'out-1@moesk.ru'),
  subject: fc.constantFrom('Тема', 'Re: Тема', 'КП-26-00000001'),
});

const field = fc.oneof(
  fc.record({ path: fc.constant('fromWhom'), after: orNull(fc.constantFrom('consumer', 'consumer', 'notConsumer')) }),
  fc.record({ path: fc.constant('classification'), after: orNull(fc.constantFrom('text', 'text', 'official', 'faxogram', 'protocol', 'reconciliation')) }),
  fc.record({ path: fc.constant('subtopicId'), after: orNull(fc.constant('subtopic-108')) }),
  fc.record({ path: fc.constant('categoryId'), after: orNull(fc.constantFrom('category-2', 'category-1')) }),
  fc.record({ path: fc.constant('signatory'), after: fc.constantFrom('Иванов', '') }),
  fc.record({ path: fc.constantFrom('number', 'state', 'clientId'), after: fc.constant(null) }),
);

/** The fields of a letter that can be numbered or forwarded, in one go: else random histories hardly get there. */
const readyFields = fc.constantFrom(
  ...['text', 'official'].map((classification) => [{ path: 'fromWhom', after: 'consumer' }, { path: 'classification', after: classification }, { path: 'kindId', after: 'kind-101' }, { path: 'subtopicId', after: 'subtopic-108' }]),
  [{ path: 'fromWhom', after: 'notConsumer' }, { path: 'classification', after: 'protocol' }],
);

const byId = (...names: string[]) => fc.record({ name: fc.constantFrom(...names), input: fc.record({ id: emailId }) });
const of = <T extends object>(name: string, input: fc.Arbitrary<T>) => fc.record({ name: fc.constant(name), input });
const anyCommand: fc.Arbitrary<{ name: string; input: object }> = fc.oneof(
  { weight: 6, arbitrary: of('incomingEmail.receive', received) },
  { weight: 10, arbitrary: byId('incomingEmail.take', 'incomingEmail.take', 'incomingEmail.take', 'incomingEmail.returnToQueue', 'incomingEmail.unmarkSpam', 'incomingEmail.restore') },
  { weight: 1, arbitrary: byId('incomingEmail.markSpam') },
  { weight: 8, arbitrary: byId('incomingEmail.assignNumber') },
  { weight: 8, arbitrary: of('incomingEmail.save', fc.record({ id: emailId, fields: fc.oneof(readyFields, fc.array(field, { maxLength: 3 })) })) },
  { weight: 4, arbitrary: of('incomingEmail.chooseClient', fc.record({ id: emailId, clientId, link: fc.constantFrom('this', 'later', 'all') })) },
  { weight: 1, arbitrary: of('incomingEmail.finish', fc.record({ id: emailId, reason: fc.constantFrom('Благодарность', ''), comment: fc.constant('') })) },
  { weight: 2, arbitrary: of('incomingEmail.reassign', fc.record({ id: emailId, userId: fc.constantFrom('user-kotov', 'none') })) },
  { weight: 6, arbitrary: of('appeal.create', fc.record({ id: appealId, incomingEmailId: emailId, clientId })) },
  { weight: 5, arbitrary: of('appeal.recordRegistration', fc.record({ id: appealId, number: fc.constantFrom('А-1', 'А-2'), barcode: fc.constant('1234567890123456') })) },
  { weight: 6, arbitrary: of('outgoingEmail.send', fc.record({ id: outgoingId, kind: fc.constantFrom('forward', 'forward', 'reply', 'new'), incomingEmailId: emailId, to: recipients })) },
  { weight: 3, arbitrary: of('outgoingEmail.recordResult', fc.record({ id: outgoingId, result: fc.constantFrom('sent', 'failed', 'unknown', 'retrying') })) },
  { weight: 1, arbitrary: of('outgoingEmail.retry', fc.record({ id: outgoingId })) },
);
const by = fc.oneof({ weight: 8, arbitrary: fc.constant('holder' as const) }, fc.constantFrom(belova, kotov, senior, operator));
const step: fc.Arbitrary<Step> = fc.record({ command: anyCommand, by, pause: fc.constantFrom(1, 1_000, 61_000, 86_400_000) }).map(({ command, ...rest }) => ({ ...command, ...rest }));

/** The whole input of a step, filled up from the state it meets. */
function inputOf(world: World, { name, input }: Step): unknown {
  const given = input as Record<string, unknown>; // a record of the arbitraries above
  switch (name) {
    case 'incomingEmail.receive':
      return { email: receivedEmailSchema.parse(anIncomingEmail({ receivedAt: world.now, messageId: `${String(given['id'])}@x`, ...input })), deliveryReports: [] };
    case 'incomingEmail.save': {
      const email = world.store.get('incomingEmail', String(given['id'])) as Record<string, unknown> | undefined;
      const fields = given['fields'] as readonly { path: string; after: unknown }[];
      return { id: given['id'], edits: fields.map(({ path, after }) => ({ path, before: email?.[path] ?? null, after })) };
    }
    case 'appeal.create':
      return { appeal: { registrationPlace: 'email', deliveryPlace: 'email', intakeChannel: 'other', content: '', attachments: [], phone: '', email: '', applicationIds: ['application-1'], dataFromApplicationId: null, objectName: '', address: '', regionId: null, gridDistrictId: null, branchId: 'branch-north', responsibleId: 'employee-safina', hasIntermediary: false, intermediaryId: null, authorityNumber: '', authorityFrom: '', authorityTo: '', ...input } };
    case 'outgoingEmail.send':
      return { cc: [], subject: 'Тема', text: 'Текст', attachments: [], ...input };
    case 'outgoingEmail.recordResult':
      return { serverAnswer: '', rawFileId: null, attempts: 1, ...input };
    default:
      return input;
  }
}

function emptyWorld(): World {
  const world = new World();
  world.put('client', aClient());
  world.put('client', aClient({ id: 'client-2', emails: [] }));
  world.put('application', anApplication());
  return world;
}

function authorOf(world: World, { name, input, by: author }: Step): Author {
  if (theCommand(name).roles === 'system') return systemAuthor;
  if (author !== 'holder') return author;
  const given = input as { id?: string; incomingEmailId?: string }; // a record of the arbitraries above
  const holderId = world.store.get('incomingEmail', given.incomingEmailId ?? given.id ?? '')?.holderId;
  return [belova, kotov, senior].find(({ userId }) => userId === holderId) ?? belova;
}

/** Two letters that are well on their way, so that most histories get to their ends. */
function busyWorld(): World {
  const world = emptyWorld();
  world.numbered('official');
  world.receive({ id: 'em-2' });
  world.do('incomingEmail.take', { id: 'em-2' });
  world.fill({ fromWhom: 'notConsumer', classification: 'protocol' }, 'em-2');
  return world;
}

function go(world: World, steps: readonly Step[]): void {
  for (const each of steps) world.later(each.pause).run(each.name, inputOf(world, each), authorOf(world, each));
}

/** What must hold after any history. */
function invariantsHold(world: World): void {
  const { store } = world;
  const emails = store.all('incomingEmail');
  const tasks = store.all('task');
  const numbers = emails.flatMap(({ number }) => number ?? []);
  expect(new Set(numbers).size).toBe(numbers.length);
  for (const email of emails) {
    const open = tasks.filter(({ kind, documentId, state }) => kind === 'incomingEmail' && documentId === email.id && (state === 'open' || state === 'inWork'));
    const isWorked = email.state === 'new' || email.state === 'inWork' || email.state === 'numbered';
    expect(open.length, email.id).toBe(isWorked ? 1 : 0);
    if (isWorked) expect(open[0]?.holderId, email.id).toBe(email.holderId);
    expect(email.number === null || /^КП-\d{2}-\d{8}$/.test(email.number)).toBe(true);
    expect(email.state === 'numbered' ? email.number : 'КП').not.toBeNull();
    expect(email.fromWhom === 'notConsumer' ? email.clientId : null).toBeNull();
    expect(email.classification === null || (email.fromWhom !== null && classTable[email.fromWhom][email.classification] !== undefined)).toBe(true);
    expect(email.topicId === null).toBe(email.subtopicId === null);
    const event = store.the('contactEvent', email.eventId);
    expect(event.clientId).toBe(email.clientId);
    expect(event.outcome !== null, email.id).toBe(email.state === 'done' || email.state === 'spam');
    expect(email.appealId === null || store.the('appeal', email.appealId).incomingEmailId === email.id).toBe(true);
    const replies = store.all('outgoingEmail').filter(({ incomingEmailId, kind, state }) => incomingEmailId === email.id && kind.startsWith('autoReply') && state !== 'cancelled');
    expect(new Set(replies.map(({ kind }) => kind)).size).toBe(replies.length);
    expect(email.automation === 'person' ? [] : replies).toEqual([]);
  }
  for (const appeal of store.all('appeal')) {
    const points = tasks.filter(({ documentId, state }) => documentId === appeal.id && state === 'open').map(({ kind }) => kind);
    expect(points).toEqual({ awaitsRegistration: [], preparation: ['appealPreparation'], check: ['appealCheck'], closed: [] }[appeal.state]);
    expect(appeal.number === null).toBe(appeal.state === 'awaitsRegistration');
  }
  const spamReplies = store.all('outgoingEmail').filter(({ kind, state }) => kind === 'autoReplySpam' && state !== 'cancelled').flatMap(({ to }) => to.map(({ address }) => address));
  expect(new Set(spamReplies).size).toBe(spamReplies.length);
}

describe('2.8 properties of the rule book', () => {
  it('2.8 after any history of commands the state is whole, and a number never changes', () => {
    const reached = { numbers: 0, appeals: 0, registered: 0, forwarded: 0, spam: 0 };
    fc.assert(
      fc.property(fc.array(step, { minLength: 20, maxLength: 120 }), (steps) => {
        const world = busyWorld();
        const numberOf = new Map<string, string>();
        for (const each of steps) {
          go(world, [each]);
          for (const { id, number } of world.store.all('incomingEmail')) {
            if (numberOf.has(id)) expect(number).toBe(numberOf.get(id));
            else if (number !== null) numberOf.set(id, number);
          }
        }
        invariantsHold(world);
        reached.numbers += numberOf.size;
        reached.appeals += world.store.all('appeal').length;
        reached.registered += world.store.all('appeal').filter(({ number }) => number !== null).length;
        reached.forwarded += world.store.all('contactEvent').filter(({ outcome }) => outcome === 'forwarded').length;
        reached.spam += world.store.all('mailFilter').length;
      }),
      { numRuns: 150 },
    );
    // The histories are no empty ones.
    for (const [what, count] of Object.entries(reached)) expect(count, what).toBeGreaterThan(10);
  });

  it('2.8 a command applied twice changes nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 80 }), step, (steps, last) => {
        const world = busyWorld();
        go(world, steps);
        const context = contextOf(authorOf(world, last), world.now, 'the-last');
        const input = inputOf(world, last);
        const first = runInMemory(world.store, theCommand(last.name), input, context);
        const after = world.store.snapshot();
        expect(runInMemory(world.store, theCommand(last.name), input, context)).toEqual(first);
        expect(world.store.snapshot()).toEqual(after);
      }),
      { numRuns: 100 },
    );
  });

  it('1.4.1 a letter received again, under another commandId, changes nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 10, maxLength: 80 }), received, (steps, email) => {
        const world = busyWorld();
        go(world, steps);
        const again: Step = { name: 'incomingEmail.receive', input: email, by: belova, pause: 0 };
        world.do(again.name, inputOf(world, again), systemAuthor);
        const after = world.store.snapshot();
        expect(world.do(again.name, inputOf(world, again), systemAuthor)).toMatchObject({ changes: [], effects: [] });
        expect(world.store.snapshot()).toEqual(after);
      }),
      { numRuns: 100 },
    );
  });

  it('2.8 a rule decides equally on equal data, asked at once or later, and touches nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 80 }), step, async (steps, last) => {
        const world = busyWorld();
        go(world, steps);
        const command = theCommand(last.name);
        const context = contextOf(authorOf(world, last), world.now, 'the-last');
        const parsed = command.input.safeParse(inputOf(world, last));
        if (!parsed.success) return;
        const before = world.store.snapshot();
        // Which number comes is the store's affair: here it is the same both times.
        const answer = (read: Read): ReadAnswer => (read.kind === 'number' ? formatNumber(read.series, read.year, 7) : world.store.answer(read));
        const decide = () => command.decide(parsed.data, { ...context, author: systemAuthor });
        const now = driveSync(decide(), answer);
        const later = await driveAsync(decide(), async (reads) => reads.map(answer));
        expect(isDeepStrictEqual(now, later)).toBe(true);
        expect(isDeepStrictEqual(world.store.snapshot(), before)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  it('2.8.1.2 numbers are КП-YY-ХХХХХХХХ of the Moscow year, one after another, around the year’s end', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -7_200_000, max: 7_200_000 }), { minLength: 1, maxLength: 12 }), (offsets) => {
        const world = emptyWorld();
        const counts = new Map<string, number>();
        for (const [n, offset] of offsets.toSorted((a, b) => a - b).entries()) {
          const id = `em-${String(n)}`;
          world.receive({ id });
          world.do('incomingEmail.take', { id });
          world.put('incomingEmail', { ...world.email(id), fromWhom: 'consumer', classification: 'text', clientId: 'client-1', kindId: 'kind-101', categoryId: 'category-2', subtopicId: 'subtopic-108' });
          world.now = addMs('2026-12-31T21:00:00.000Z', offset);
          world.do('incomingEmail.assignNumber', { id });
          const year = offset < 0 ? '26' : '27';
          counts.set(year, (counts.get(year) ?? 0) + 1);
          expect(world.email(id).number).toBe(`КП-${year}-${String(counts.get(year)).padStart(8, '0')}`);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('2.8 ids of a command are its own: no two commands make the same', () => {
    expect(derivedId('a', 12)).not.toBe(derivedId('a.1', 2));
  });
});
