import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { Pool } from 'pg';
import { pino } from 'pino';
import { systemAuthor } from '../../shared/base/scope.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import type { SentMail } from '../../shared/protocol/http.ts';
import type { CentreTools } from '../../server/adapters/adapter.ts';
import { centreConfigSchema, type CentreConfig } from '../../server/config.ts';
import { openFolderFileStore } from '../../server/files/folder-file-store.ts';
import type { EffectHandler, EffectResult } from '../../server/jobs/effects.ts';
import { contextOf, MemoryStore, runInMemory } from '../helpers/memory-store.ts';

/** A centre without a database for tests of adapters: the real rules over the map store, real files in a folder. */
export interface TestCentre {
  readonly tools: CentreTools;
  readonly store: MemoryStore;
  readonly sentMail: SentMail[];
  /** What was reported last of each external system. */
  readonly systems: Map<string, { readonly works: boolean; readonly detail: string }>;
  /** Commands that were run, by name. */
  readonly ran: string[];
  /** Commands of this name throw: the database is down. */
  readonly broken: Set<string>;
  readonly close: () => Promise<void>;
}

export async function openTestCentre(config: Partial<CentreConfig> = {}): Promise<TestCentre> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'okno-adapters-'));
  const store = new MemoryStore();
  const sentMail: SentMail[] = [];
  const systems: TestCentre['systems'] = new Map();
  const ran: string[] = [];
  const broken = new Set<string>();
  const state = new Map<string, string>();
  const runSystem: CentreTools['runSystem'] = async (name, input, { commandId = randomUUID(), happenedAt = new Date().toISOString() } = {}) => {
    if (broken.has(name)) throw new Error('The database is down');
    const command = commandByName(name);
    if (command === undefined) throw new Error(`Unknown command: ${name}`);
    ran.push(name);
    const duplicate = store.outcomeOf(commandId) !== undefined;
    const decision = runInMemory(store, command, input, contextOf(systemAuthor, happenedAt, commandId, 'centre'));
    return decision.ok ? { ok: true, commandId, duplicate } : { ok: false, commandId, duplicate, refusal: decision.refusal };
  };
  const tools: CentreTools = {
    config: centreConfigSchema.parse({ data: folder, smtpPort: 0, mailboxClients: 'client@moesk.ru', mailboxRequests: 'zapros@moesk.ru', ...config }),
    pool: new Pool(), // never connects: these tests bring their own journal
    files: await openFolderFileStore(path.join(folder, 'files')),
    read: async (reads) => reads.map((read) => store.answer(read)),
    runSystem,
    runSystemAll: async (commands) => {
      const outcomes = [];
      for (const { name, input, ...options } of commands) outcomes.push(await runSystem(name, input, options));
      return outcomes;
    },
    sentMail: {
      record: async (mail) => void (sentMail.some(({ id }) => id === mail.id) || sentMail.push(mail)),
      has: async (id) => sentMail.some((mail) => mail.id === id),
    },
    externalSystems: { report: (system, { works, detail }) => void systems.set(system, { works, detail }), forget: (system) => void systems.delete(system), all: async () => [] },
    state: { get: async (key) => state.get(key) ?? null, set: async (key, value) => void state.set(key, value) },
    onFeed: () => () => undefined,
    runner: 1,
    wakeEffects: () => undefined,
    retryEffects: () => undefined,
    log: pino({ level: 'silent' }),
    clock: { now: () => new Date().toISOString() },
  };
  return { tools, store, sentMail, systems, ran, broken, close: () => rm(folder, { recursive: true, force: true }) };
}

/** Carries out one effect as the runner does. */
export function carryOut(handler: EffectHandler, tools: CentreTools, payload: unknown, attempts = 1, how: 'run' | 'recover' = 'run'): Promise<EffectResult> {
  return handler[how]({ id: 'effect-1', kind: handler.kind, payload, attempts, createdAt: new Date().toISOString() }, tools);
}

/** Waits until the condition holds; fails after ten seconds. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await condition())) {
    if (Date.now() > end) throw new Error('The condition did not come to hold within 10 s');
    await new Promise((resolve) => { setTimeout(resolve, 10); });
  }
}
