import { afterAll, expect, it } from 'vitest';
import { closeDesk, openDesk } from '../../../main/desk/open-desk.ts';
import { decideHere } from '../../../main/db/run-command.ts';
import type { Author } from '../../../shared/base/rule-book.ts';
import type { Refusal } from '../../../shared/base/errors.ts';
import { commandByName } from '../../../shared/domain/commands.ts';
import { shortName } from '../../../shared/domain/user/model.ts';
import type { TakenNumber } from '../../../shared/protocol/sync.ts';
import { setUserSecret } from '../../../server/db/queries/user-secret.ts';
import { hashPassword } from '../../../server/auth/passwords.ts';
import { aClient, aUser } from '../../helpers/builders.ts';
import { World } from '../../helpers/domain-world.ts';
import { newFolder, removeFolders, testKey } from '../../main/desk-kit.ts';
import { randomCommand } from '../../simulation/random-command.ts';
import { Random } from '../../simulation/random.ts';
import { password, startTestCentre, type TestCentre, type TestDesk } from '../running-centre.ts';

const cases = 700;
/** So often a command comes to the centre a second time. */
const repeated = 0.15;

const world = new World();
world.put('client', aClient());
world.put('user', aUser({ id: 'user-operator', login: 'operator', lastName: 'Олейник', firstName: 'Анна', middleName: 'Андреевна', employeeId: null, roles: ['operator'] }));
const users = world.store.all('user');
const authors: readonly Author[] = users.map((user) => ({ userId: user.id, name: shortName(user), roles: user.roles, branchIds: user.branchIds }));

let centre: TestCentre | undefined;

afterAll(async () => {
  await centre?.remove();
  removeFolders();
});

interface Outcome {
  readonly refusal: Refusal | null;
  readonly duplicate: boolean;
}

/** Documents of the company in PostgreSQL by `type/id`. */
async function stored({ pool }: TestCentre): Promise<Readonly<Record<string, unknown>>> {
  const { rows } = await pool.query<{ key: string; body: unknown }>(`SELECT type || '/' || id AS key, body FROM document ORDER BY 1`);
  return Object.fromEntries(rows.map(({ key, body }) => [key, body]));
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
    seats.set(id, { desk, numbers: [...(await desk.lease(400))] });
  }
  return seats;
}

it('the centre on PostgreSQL gives the verdict of the desk on SQLite over equal data, and a command that comes twice changes nothing', async () => {
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
  const outcomes = { accepted: 0, refused: 0, repeated: 0 };

  for (let n = 1; n <= cases; n += 1) {
    world.later(random.between(1_000, 60_000));
    const { name, input, author } = randomCommand(random, world, authors);
    const seat = seats.get(author.userId);
    const commandId = random.uuid();
    const number = seat?.numbers.shift();
    const here = decideHere(cache, commandByName, { commandId, name, input, author, deskId: seat?.desk.deskId ?? 'centre', now: world.now }, () => number ?? null);
    const refusedHere = here.ok ? null : here.refusal;

    const numbers = number === undefined ? [] : [number];
    const envelope = seat?.desk.envelope(name, input, { commandId, happenedAt: world.now, recordedAtDesk: world.now, numbers });
    const send = async (): Promise<Outcome> => {
      if (seat === undefined || envelope === undefined) {
        const outcome = await running.runSystem(name, input, { commandId, happenedAt: world.now });
        return { refusal: outcome.ok ? null : outcome.refusal, duplicate: false };
      }
      const answered = await seat.desk.push(envelope);
      const answer = answered.kind === 'answers' ? answered.answers[0] : undefined;
      if (answer === undefined || answer.outcome === 'retry') throw new Error(`${n}: ${name}: no verdict`);
      return { refusal: answer.outcome === 'applied' ? null : answer.refusal, duplicate: answer.duplicate };
    };
    const there = await send();
    expect(there, `${n}: ${name} by ${author.name}`).toEqual({ refusal: refusedHere, duplicate: false });
    if (random.chance(repeated)) {
      outcomes.repeated += 1;
      expect((await send()).refusal, `${n}: ${name} again`).toEqual(refusedHere);
    }
    outcomes[here.ok ? 'accepted' : 'refused'] += 1;
    if (!here.ok) continue;
    world.store.apply(commandId, here.decision);
    cache.transaction(() => {
      for (const { type, document } of here.decision.changes) cache.receive(type, document.id, n + 1, 0, document);
    });
  }
  closeDesk(files);

  expect(await stored(running)).toEqual(JSON.parse(JSON.stringify(world.store.snapshot())));
  expect(outcomes.accepted).toBeGreaterThan(cases / 10);
  expect(outcomes.refused).toBeGreaterThan(cases / 10);
  expect(outcomes.repeated).toBeGreaterThan(cases / 20);
  const { rows } = await running.pool.query<{ value: string }>(`SELECT body ->> 'number' AS value FROM document WHERE type = 'incomingEmail' AND body ->> 'number' IS NOT NULL`);
  expect(new Set(rows.map(({ value }) => value)).size).toBe(rows.length);
});
