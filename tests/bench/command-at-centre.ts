import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { systemClock } from '../../server/clock.ts';
import { gatherer } from '../../server/commands/gather.ts';
import { PushService } from '../../server/commands/push.ts';
import { Signer } from '../../server/commands/signed-token.ts';
import { indexRowsOf } from '../../server/db/document-keys.ts';
import { ensureSettings } from '../../server/db/settings.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';
import type { Envelope } from '../../shared/protocol/sync.ts';
import { startTestCentre, type TestDesk } from '../server/running-centre.ts';
import { aBranch, anEmployee } from '../helpers/builders.ts';
import { clientCards, namedByCards } from './client-cards.ts';
import { timed, type Measurement } from './measurement.ts';

const connections = 50;
const commandsEach = 40;

/** The same rows as an accepted command leaves, in one statement and so one transaction. */
const writeSql = `
  WITH c AS (INSERT INTO command (command_id, desk_id, incarnation, seq, name, version, author_id, author_name, happened_at, recorded_at, outcome, xid)
    VALUES ($1, 'bare', $2, $3, 'client.create', 1, 'u', 'u', now(), now(), 'applied', pg_current_xact_id())),
  d AS (INSERT INTO document (type, id, version, body, scope, xid, seq) VALUES ('client', $4, 1, $5, $6, pg_current_xact_id(), nextval('feed_seq'))),
  v AS (INSERT INTO document_version (type, id, version, command_id, body) VALUES ('client', $4, 1, $1, $5))
  INSERT INTO document_index (type, name, key, id) SELECT 'client', name, key, $4 FROM unnest($7::text[], $8::text[]) AS k(name, key)`;

/** Every connection does its commands one after another, all connections at once; commands per second. */
async function throughput(one: (connection: number, n: number) => Promise<void>): Promise<number> {
  const ms = await timed(() =>
    Promise.all(
      Array.from({ length: connections }, async (_, connection) => {
        for (let n = 0; n < commandsEach; n++) await one(connection, n);
      }),
    ),
  );
  return (connections * commandsEach * 1_000) / ms;
}

export interface CommandLoad {
  /** Commands that came back applied, per second. */
  readonly product: () => Promise<number>;
  readonly bare: () => Promise<number>;
  /** The centre's data folder. */
  readonly data: string;
  readonly close: () => Promise<void>;
}

/** 50 desks that send one `client.create` after another, inside the centre's process. */
export async function openCommandLoad(): Promise<CommandLoad> {
  const centre = await startTestCentre();
  const named = namedByCards();
  for (const id of named.branches) await centre.seed('branch', aBranch({ id }));
  for (const id of named.businessRegions) await centre.seed('businessRegion', { id, code: id, name: id });
  for (const id of named.managers) await centre.seed('employee', anEmployee({ id }));
  await centre.addUser({ login: 'operator', roles: ['operator'] });
  const login = await centre.login('operator', 'desk-of-bench');
  const desks = Array.from({ length: connections }, () => Object.assign(Object.create(Object.getPrototypeOf(login)) as TestDesk, login, { incarnation: randomUUID(), seq: 0 })); // copies of one desk under incarnations of their own
  const { signingKey } = await ensureSettings(centre.pool);
  const execution = { store: centre.store, clock: systemClock, missingFiles: async () => [], onFault: (_: unknown, error: unknown) => console.error(error), onApplied: () => undefined };
  const push = new PushService({ clock: systemClock, execute: gatherer(execution, 50), commandByName, signer: new Signer(signingKey), epoch: centre.store.epoch, batchSize: 50 });
  const { host, port, user, password, database } = centre.pool.options;
  const pool = new Pool({ host, port, user, password, database, max: connections });
  const epoch = await centre.store.epoch();
  const nextCard = clientCards();

  const product = async (): Promise<number> => {
    const commands = desks.map((desk) => Array.from({ length: commandsEach }, (): Envelope => desk.envelope('client.create', nextCard())));
    return throughput(async (connection, n) => {
      const [desk, envelope] = [desks[connection], commands[connection]?.[n]];
      if (desk === undefined || envelope === undefined) throw new Error('No such command');
      const answer = await push.push({ protocol: 1, deskId: desk.deskId, incarnation: desk.incarnation, epoch, commands: [envelope] });
      if (answer.kind !== 'answers' || answer.answers[0]?.outcome !== 'applied') throw new Error(`Not applied: ${JSON.stringify(answer)}`);
    });
  };
  const bare = async (): Promise<number> => {
    const type = documentTypeOf('client');
    const rows = Array.from({ length: connections }, () => {
      const incarnation = randomUUID();
      return Array.from({ length: commandsEach }, (_, n) => {
        const document = type.schema.parse({ ...nextCard().client, registeredAt: new Date().toISOString(), aliasOf: null });
        const keys = indexRowsOf('client', document);
        return [randomUUID(), incarnation, n + 1, document.id, JSON.stringify(document), type.scope(document), keys.map(({ index }) => index), keys.map(({ key }) => key)];
      });
    });
    return throughput(async (connection, n) => void (await pool.query({ name: 'write', text: writeSql, values: rows[connection]?.[n] ?? [] })));
  };
  return {
    product,
    bare,
    data: centre.config.data,
    close: async () => {
      await pool.end();
      await centre.remove();
    },
  };
}

export const commandAtCentre: Measurement = {
  name: 'commandAtCentre', title: 'Команды в центре, 50 одновременно', unit: 'команд/с', goal: { side: 'atLeast', ratio: 0.45 }, rounds: 5, open: openCommandLoad,
  productTitle: 'client.create: права, правило, проверка схемой, запись',
  bareTitle: 'одним запросом те же строки, 50 соединений',
};
