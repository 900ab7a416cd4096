import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { v7 as uuidv7 } from 'uuid';
import type { Author } from '../../shared/base/rule-book.ts';
import { documentTypeOf, isDocumentName } from '../../shared/domain/documents.ts';
import type { Cache } from '../../main/db/cache.ts';
import { closeDesk, openDesk, type DeskFiles } from '../../main/desk/open-desk.ts';
import { DeskEngine, type EngineOptions, type EngineState } from '../../main/sync/desk-engine.ts';
import { engineStore } from '../../main/sync/engine-store.ts';
import { numberSeries } from '../../main/sync/number-series.ts';
import type { Transport } from '../../main/sync/transport.ts';
import { belova } from '../helpers/domain-world.ts';
import { MemoryCentre } from './memory-centre.ts';

const folders: string[] = [];

/** A folder that `removeFolders` deletes. */
export function newFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'okno-desk-base-'));
  folders.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

export const testKey = Buffer.alloc(32, 7);

/** The desk's real encrypted files with its engine, and a clock and timers that the test moves. */
export class TestDesk {
  readonly folder: string;
  readonly lines: string[] = [];
  files: DeskFiles;
  engine: DeskEngine;
  now = Date.parse('2026-11-24T06:14:00.000Z');
  state: EngineState | null = null;
  /** How far the centre's clock is ahead of the desk's, as the last exchange found, ms. */
  clockOffset = 0;
  readonly timers: { readonly at: number; readonly call: () => void }[] = [];
  readonly changed: ReadonlySet<string>[] = [];
  /** What the engine throws for a reason of its own; a test that expects none asserts that it is empty. */
  readonly failures: unknown[] = [];
  readonly #transport: Transport;

  readonly #givingWay: EngineOptions['givingWay'];

  constructor(transport: Transport, folder: string = newFolder(), givingWay?: EngineOptions['givingWay']) {
    this.folder = folder;
    this.#givingWay = givingWay;
    this.#transport = transport;
    this.files = this.#open();
    this.engine = this.#startEngine();
  }

  #open(): DeskFiles {
    return openDesk({ folder: this.folder, deskId: 'desk-one-id', key: testKey, nativeBinding: undefined, now: () => this.now, log: (text) => this.lines.push(text) });
  }

  #startEngine(): DeskEngine {
    const parse = (type: string, value: unknown) => (isDocumentName(type) ? documentTypeOf(type).schema.parse(value) : null);
    return new DeskEngine({
      store: engineStore(this.files.base, this.files.vault, parse),
      transport: this.#transport,
      clock: { now: () => this.now },
      random: () => 0.5,
      timers: {
        after: (ms, call) => {
          const timer = { at: this.now + ms, call };
          this.timers.push(timer);
          return () => void this.timers.splice(this.timers.indexOf(timer), this.timers.includes(timer) ? 1 : 0);
        },
      },
      series: numberSeries,
      ...(this.#givingWay === undefined ? {} : { givingWay: this.#givingWay }),
      events: {
        changed: (types) => this.changed.push(types),
        state: (state) => {
          this.state = state;
        },
        clockOffset: (ms) => {
          this.clockOffset = ms;
        },
        unauthorized: () => undefined,
        failed: (error) => this.failures.push(error),
      },
    });
  }

  /** Exchanges until everything has come to rest. */
  async sync(): Promise<void> {
    await this.engine.wake();
  }

  run(name: string, input: unknown, author: Author = belova): { readonly commandId: string; readonly outcome: string } {
    const commandId = uuidv7();
    const at = new Date(this.now).toISOString();
    const result = this.files.base.run({ commandId, name, input, author, grant: JSON.stringify(author), happenedAt: at, recordedAt: at });
    return { commandId, outcome: result.ok ? 'accepted' : result.refusal.code };
  }

  /** The document as the screen sees it. */
  seen(type: string, id: string): Readonly<Record<string, unknown>> | null {
    return (this.files.base.cache.get(type, id)?.document ?? null) as Readonly<Record<string, unknown>> | null; // read field by field
  }

  /** As kill -9: nothing is closed in order; the files are opened again by a new program. */
  async kill(): Promise<void> {
    await this.engine.stop();
    this.files.base.close();
    this.files = this.#open();
    this.engine = this.#startEngine();
  }

  async close(): Promise<void> {
    await this.engine.stop();
    closeDesk(this.files);
  }
}

/** Before the first test of the file a desk fetches what `fill` puts at its centre; after the last one it is closed and its folder removed. */
export function filledDesk(fill: (centre: MemoryCentre) => void): { readonly desk: TestDesk; readonly cache: Cache; readonly centre: MemoryCentre } {
  const centre = new MemoryCentre();
  let desk: TestDesk | undefined;
  beforeAll(async () => {
    fill(centre);
    desk = new TestDesk(centre);
    await desk.sync();
  });
  afterAll(async () => {
    await desk?.close();
    removeFolders();
  });
  const opened = (): TestDesk => {
    if (desk === undefined) throw new Error('The desk opens before the first test, not while the file is read');
    return desk;
  };
  return {
    centre,
    get desk() {
      return opened();
    },
    get cache() {
      return opened().files.base.cache;
    },
  };
}
