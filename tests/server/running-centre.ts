import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { defineCommand, accept, refuse, type Command } from '../../shared/base/rule-book.ts';
import { refusal } from '../../shared/base/errors.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import { documentTypes, type DocumentMap, type DocumentName } from '../../shared/domain/documents.ts';
import { get, put, takeNumber } from '../../shared/domain/reads.ts';
import type { User } from '../../shared/domain/user/model.ts';
import { loginResponseSchema, problemSchema } from '../../shared/protocol/http.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { leaseAnswerSchema, pullResponseSchema, pushResponseSchema, type Envelope, type PullResponse, type PushResponse, type TakenNumber } from '../../shared/protocol/sync.ts';
import { buildCentre, type Centre, type CentreOptions } from '../../server/app.ts';
import { hashPassword } from '../../server/auth/passwords.ts';
import { centreConfigSchema, type CentreConfig } from '../../server/config.ts';
import { setUserSecret } from '../../server/db/queries/user-secret.ts';

/** Commands that only tests have: one puts any document, one takes a number, one has a bug. */
export const putAny = defineCommand({
  name: 'test.put',
  title: 'Записать',
  version: 1,
  roles: ['mailSupervisor', 'administrator'],
  input: z.object({ type: z.string(), document: z.looseObject({ id: z.string() }), effects: z.array(z.looseObject({ id: z.string(), kind: z.string() })).default([]), cancels: z.array(z.string()).default([]) }),
  undo: null,
  *decide({ type, document, effects, cancels }) {
    yield [{ kind: 'get', type, id: document.id }];
    return accept([{ type, document }], effects.map((effect) => ({ payload: {}, ...effect })), cancels);
  },
});

export const takeOne = defineCommand({
  name: 'test.number',
  title: 'Присвоить номер',
  version: 1,
  roles: ['mailSupervisor'],
  input: z.object({ id: z.string() }),
  undo: null,
  *decide({ id }) {
    const filter = yield* get('mailFilter', id);
    const number = yield* takeNumber('КП', '26');
    if (number === null) return refuse(refusal('noNumbers'));
    return accept([put('mailFilter', { ...(filter ?? aFilter(id)), reason: number })]);
  },
});

export const faulty = defineCommand({
  name: 'test.fault',
  title: 'Сломаться',
  version: 1,
  roles: ['mailSupervisor'],
  input: z.object({}),
  undo: null,
  // eslint-disable-next-line require-yield
  *decide() {
    throw new Error('a bug');
  },
});

const own = new Map<string, Command>([putAny, takeOne, faulty].map((command) => [command.name, command as unknown as Command])); // run only with inputs that their schemas parsed

export function aFilter(id: string): DocumentMap['mailFilter'] {
  return documentTypes.mailFilter.schema.parse({ id, address: `${id}@example.org`, reason: 'Реклама', addedBy: 'u', addedAt: '2026-11-24T06:14:00.000Z', incomingEmailId: null });
}

export interface TestCentre extends Centre {
  readonly config: CentreConfig;
  /** Puts documents past all rules. */
  readonly seed: <K extends DocumentName>(type: K, ...documents: readonly DocumentMap[K][]) => Promise<void>;
  readonly addUser: (user: Partial<User> & { readonly login: string }, password?: string) => Promise<User>;
  readonly login: (login: string, deskId?: string, more?: Readonly<Record<string, unknown>>) => Promise<TestDesk>;
  readonly remove: () => Promise<void>;
}

export const password = 'correct horse';

/** The whole centre in this process, over a real PostgreSQL in a new folder (or the given one). */
export async function startTestCentre(settings: Partial<CentreConfig> = {}, options: CentreOptions = {}): Promise<TestCentre> {
  const data = settings.data ?? mkdtempSync(path.join(os.tmpdir(), 'okno-server-test-'));
  const config = centreConfigSchema.parse({ data, port: 0, smtpPort: 0, logLevel: 'silent', effectPauseMs: 30, effectSweepSeconds: 3600, loginsPerMinute: 1000, ...settings });
  const centre = await buildCentre(config, { commandByName: (name) => own.get(name) ?? commandByName(name), ...options });
  const seed: TestCentre['seed'] = async (type, ...documents) => {
    for (const document of documents) {
      const outcome = await centre.runSystem('test.put', { type, document });
      if (!outcome.ok) throw new Error(`not seeded: ${outcome.refusal.code}`);
    }
  };
  return {
    ...centre,
    config,
    seed,
    addUser: async (given, secret = password) => {
      const user: User = { id: `user-${given.login}`, lastName: given.login, firstName: '', middleName: '', employeeId: null, roles: ['mailSupervisor'], branchIds: [], active: true, ...given };
      await seed('user', user);
      await setUserSecret(centre.pool, user.id, await hashPassword(secret), false);
      return user;
    },
    login: async (login, deskId = `desk-of-${login}`, more = {}) => {
      const { status, body } = await post(centre.url, paths.session, { protocol: 1, login, password, deskId, deskName: deskId, ...more });
      if (status !== 200) throw new Error(`login: ${status} ${JSON.stringify(body)}`);
      const { token, grant } = loginResponseSchema.parse(body);
      return new TestDesk(centre.url, deskId, token, grant);
    },
    remove: async () => {
      await centre.close();
      rmSync(data, { recursive: true, force: true });
    },
  };
}

export async function post(url: string, at: string, body: unknown, token?: string): Promise<{ status: number; body: unknown }> {
  const response = await fetch(url + at, { method: 'POST', headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

/** A desk reduced to its wire: it numbers commands and keeps a cursor. */
export class TestDesk {
  readonly url: string;
  readonly deskId: string;
  readonly token: string;
  grant: string;
  incarnation = randomUUID();
  seq = 0;
  cursor: string | null = null;
  epoch: string | null = null;
  /** Epoch that it sends commands in. */
  pushEpoch: string | null = null;

  constructor(url: string, deskId: string, token: string, grant: string) {
    this.url = url;
    this.deskId = deskId;
    this.token = token;
    this.grant = grant;
  }

  envelope(name: string, input: unknown, more: Partial<Envelope> = {}): Envelope {
    const at = new Date().toISOString();
    return { commandId: randomUUID(), seq: ++this.seq, name, version: 1, input: input as Envelope['input'], numbers: [], happenedAt: at, recordedAtDesk: at, grant: this.grant, ...more }; // JSON, as the tests write it
  }

  /** As a desk does before it sends: it greets. */
  async #knownEpoch(): Promise<string> {
    if (this.pushEpoch !== null) return this.pushEpoch;
    const { body } = await post(this.url, paths.push, { protocol: 1, deskId: this.deskId, incarnation: this.incarnation, epoch: null, commands: [] }, this.token);
    const answer = pushResponseSchema.parse(body);
    if (answer.kind !== 'answers') throw new Error(answer.kind);
    return (this.pushEpoch = answer.epoch);
  }

  async push(...commands: readonly Envelope[]): Promise<PushResponse> {
    const { status, body } = await post(this.url, paths.push, { protocol: 1, deskId: this.deskId, incarnation: this.incarnation, epoch: await this.#knownEpoch(), commands }, this.token);
    if (status !== 200) throw new Error(`push: ${status} ${JSON.stringify(body)}`);
    return pushResponseSchema.parse(body);
  }

  /** Pushes and gives each command's outcome: `applied`, `duplicate applied`, or the refusal's code. */
  async outcomes(...commands: readonly Envelope[]): Promise<readonly string[]> {
    const response = await this.push(...commands);
    if (response.kind !== 'answers') return [response.kind];
    return response.answers.map((answer) => {
      if (answer.outcome === 'retry') return 'retry';
      return `${answer.duplicate ? 'duplicate ' : ''}${answer.outcome === 'applied' ? 'applied' : answer.refusal.code}`;
    });
  }

  async pull(limit = 1000, highestNumbers: Readonly<Record<string, number>> = {}): Promise<PullResponse> {
    const { status, body } = await post(this.url, paths.pull, { protocol: 1, deskId: this.deskId, incarnation: this.incarnation, epoch: this.epoch, cursor: this.cursor, limit, highestNumbers }, this.token);
    if (status !== 200) throw new Error(`pull: ${status} ${JSON.stringify(body)}`);
    const page = pullResponseSchema.parse(body);
    if (page.kind === 'page') {
      this.cursor = page.cursor;
      this.epoch = page.epoch;
    }
    return page;
  }

  /** Pulls to the end; gives `type/id` → document, null for what left the scope. */
  async pullAll(limit = 1000): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>> | null>> {
    const rows = new Map<string, Readonly<Record<string, unknown>> | null>();
    for (;;) {
      const page = await this.pull(limit);
      if (page.kind !== 'page') throw new Error(page.kind);
      for (const { type, id, document } of page.rows) rows.set(`${type}/${id}`, document);
      if (!page.more) return rows;
    }
  }

  async lease(count: number, highest = 0): Promise<readonly TakenNumber[]> {
    const { body } = await post(this.url, paths.lease, { deskId: this.deskId, incarnation: this.incarnation, series: 'КП', year: '26', count, highest }, this.token);
    const { lease } = leaseAnswerSchema.parse(body);
    if (lease === null) return [];
    const { leaseId, from, to } = lease;
    return Array.from({ length: to - from + 1 }, (_, n) => ({ series: 'КП', year: '26', value: from + n, leaseId }));
  }

  /** Status and refusal's code of a GET, or the parsed answer. */
  async get(at: string): Promise<{ status: number; code: string | null; body: unknown }> {
    const response = await fetch(this.url + at, { headers: { authorization: `Bearer ${this.token}` } });
    const body: unknown = await response.json();
    return { status: response.status, code: problemSchema.safeParse(body).data?.refusal.code ?? null, body };
  }
}
