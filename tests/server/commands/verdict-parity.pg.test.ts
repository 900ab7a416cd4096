import { isDeepStrictEqual } from 'node:util';
import { afterAll, expect, it } from 'vitest';
import { closeDesk, openDesk } from '../../../main/desk/open-desk.ts';
import { decideHere, type NumberSource } from '../../../main/db/run-command.ts';
import type { Refusal } from '../../../shared/base/errors.ts';
import { commandByName } from '../../../shared/domain/commands.ts';
import type { Envelope, TakenNumber } from '../../../shared/protocol/sync.ts';
import { setUserSecret } from '../../../server/db/queries/user-secret.ts';
import { storableJson } from '../../../server/db/clean-json.ts';
import { hashPassword } from '../../../server/auth/passwords.ts';
import { newFolder, removeFolders, testKey } from '../../main/desk-kit.ts';
import { authorsOf, companyOfAllRoles, randomCommand, Verdicts } from '../../simulation/random-command.ts';
import { Random } from '../../simulation/random.ts';
import { password, startTestCentre, type TestCentre, type TestDesk } from '../running-centre.ts';

const cases = 1_300;
/** So often a command comes to the centre a second time at once. */
const repeated = 0.15;

const world = companyOfAllRoles();
const users = world.store.all('user');
const userIds = users.map(({ id }) => id);

let centre: TestCentre | undefined;

afterAll(async () => {
  await centre?.remove();
  removeFolders();
});

interface Outcome {
  readonly refusal: Refusal | null;
  readonly duplicate: boolean;
}

/** A command as a desk sent it, and what was said to it. */
interface Sent {
  readonly refusal: Refusal | null;
  readonly seat: Seat;
  readonly envelope: Envelope;
}

/** Documents of the company in PostgreSQL by `type/id`, each with its version. */
async function stored({ pool }: TestCentre): Promise<Readonly<Record<string, { readonly body: unknown; readonly version: string }>>> {
  const { rows } = await pool.query<{ key: string; body: unknown; version: string }>(`SELECT type || '/' || id AS key, body, version::text FROM document ORDER BY 1`);
  return Object.fromEntries(rows.map(({ key, body, version }) => [key, { body, version }]));
}

/** One author's desk: its wire to the centre and the numbers leased to it. */
interface Seat {
  readonly desk: TestDesk;
  readonly numbers: TakenNumber[];
}

async function seatsOf(running: TestCentre): Promise<ReadonlyMap<string, Seat>> {
  const secret = await hashPassword(password);
  const seats = new Map<string, Seat>();
  for (const { id, login } of users) {
    await setUserSecret(running.pool, id, secret, false);
    const desk = await running.login(login);
    seats.set(id, { desk, numbers: [...(await desk.lease(60))] });
  }
  return seats;
}

async function pushed({ desk }: Seat, envelope: Envelope): Promise<Outcome> {
  const answered = await desk.push(envelope).catch((error: unknown) => {
    throw new Error(`${envelope.name} ${JSON.stringify(envelope.input).slice(0, 600)}`, { cause: error });
  });
  const answer = answered.kind === 'answers' ? answered.answers[0] : undefined;
  if (answer === undefined || answer.outcome === 'retry') throw new Error(`${envelope.name}: no verdict`);
  return { refusal: answer.outcome === 'applied' ? null : answer.refusal, duplicate: answer.duplicate };
}

it('the centre on PostgreSQL gives the verdict of the desk on SQLite over equal data, for every command, and a command that comes twice changes nothing', async () => {
  const random = new Random(1945);
  const running = await startTestCentre({}, { clock: { now: () => world.now } });
  centre = running;
  for (const [key, document] of Object.entries(world.store.snapshot())) await running.runSystem('test.put', { type: key.slice(0, key.indexOf('/')), document });
  const seats = await seatsOf(running);
  const files = openDesk({ folder: newFolder(), deskId: 'desk-one-id', key: testKey, nativeBinding: undefined, now: () => 0, log: () => undefined });
  const { cache } = files.base;
  cache.transaction(() => {
    for (const [key, document] of Object.entries(world.store.snapshot())) cache.receive(key.slice(0, key.indexOf('/')), document.id, 1, 0, document);
  });
  const verdicts = new Verdicts();
  const sent: Sent[] = [];
  const byCentre: (() => Promise<Outcome>)[] = [];
  // The centre takes numbers for its own commands one after another.
  let ownNumber = 0;
  const ofCentre: NumberSource = (series, year) => ({ series, year, value: ++ownNumber, leaseId: '' });

  for (let n = 1; n <= cases; n += 1) {
    world.later(random.between(1_000, 60_000));
    const { name, input, author } = randomCommand(random, world, authorsOf(world, userIds));
    const seat = seats.get(author.userId);
    const commandId = random.uuid();
    const number = name === 'incomingEmail.assignNumber' && random.chance(0.9) ? seat?.numbers.shift() : undefined;
    const here = decideHere(cache, commandByName, { commandId, name, input, author, deskId: seat?.desk.deskId ?? 'centre', now: world.now }, seat === undefined ? ofCentre : () => number ?? null);
    const refusal = here.ok ? null : here.refusal;
    const happenedAt = world.now;

    const envelope = seat?.desk.envelope(name, input, { commandId, happenedAt, recordedAtDesk: happenedAt, numbers: number === undefined ? [] : [number] });
    const send = async (): Promise<Outcome> => {
      if (seat !== undefined && envelope !== undefined) return pushed(seat, envelope);
      const outcome = await running.runSystem(name, input, { commandId, happenedAt });
      return { refusal: outcome.ok ? null : outcome.refusal, duplicate: false };
    };
    expect(await send(), `${n}: ${name} by ${author.name}`).toEqual({ refusal, duplicate: false });
    if (random.chance(repeated)) expect((await send()).refusal, `${n}: ${name} again`).toEqual(refusal);
    verdicts.count(name, here.ok);
    if (seat === undefined || envelope === undefined) byCentre.push(send);
    else sent.push({ refusal, seat, envelope });
    if (!here.ok) continue;
    world.store.apply(commandId, here.decision);
    cache.transaction(() => {
      for (const { type, document } of here.decision.changes) cache.receive(type, document.id, n + 1, 0, document);
    });
  }
  closeDesk(files);

  expect(verdicts.missing).toEqual([]);
  const after = await stored(running);
  expect(Object.fromEntries(Object.entries(after).map(([key, { body }]) => [key, body]))).toEqual(JSON.parse(storableJson(world.store.snapshot())));
  const { rows } = await running.pool.query<{ value: string }>(`SELECT body ->> 'number' AS value FROM document WHERE type = 'incomingEmail' AND body ->> 'number' IS NOT NULL`);
  expect(new Set(rows.map(({ value }) => value)).size).toBe(rows.length);
  expect(rows.filter(({ value }) => !/^КП-26-\d{8}$/.test(value))).toEqual([]);

  // The whole history comes once more: each command gets the verdict that it had, nothing changes, not even a version.
  const second = await again(sent);
  expect(sent.filter(({ envelope, refusal }) => !isDeepStrictEqual(second.get(envelope.commandId), { refusal, duplicate: true }))).toEqual([]);
  for (const send of byCentre) await send();
  expect(await stored(running)).toEqual(after);
}, 600_000);

/** Sends everything once more, each desk its own in its order; what is said to it by commandId. */
async function again(sent: readonly Sent[]): Promise<ReadonlyMap<string, Outcome>> {
  const outcomes = new Map<string, Outcome>();
  for (const [{ desk }, all] of Map.groupBy(sent, ({ seat }) => seat)) {
    for (let from = 0; from < all.length; from += 100) {
      const answered = await desk.push(...all.slice(from, from + 100).map(({ envelope }) => envelope));
      for (const answer of answered.kind === 'answers' ? answered.answers : []) {
        if (answer.outcome !== 'retry') outcomes.set(answer.commandId, { refusal: answer.outcome === 'applied' ? null : answer.refusal, duplicate: answer.duplicate });
      }
    }
  }
  return outcomes;
}
