import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { OknoError } from '../shared/base/errors.ts';
import type { ParsedEmail } from '../shared/mail/parse-email.ts';
import { listExportSchema } from '../shared/protocol/list.ts';
import { workerDataSchema } from './desk-worker-data.ts';
import { deskHandlers } from './desk/call-handlers.ts';
import { fetchFile, storeFiles } from './desk/desk-files.ts';
import { Desk } from './desk/desk.ts';
import { ListExports } from './desk/list-exports.ts';
import type { Keyring } from './desk/desk-keys.ts';
import { PortRpc } from './port-rpc.ts';
import { rekeyThread } from './rekey-thread.ts';
import { writeAccess } from './desk/search-log.ts';
import { trustAuthorities } from './trusted-authorities.ts';

/** The keyring lives in the main process: safeStorage is not there in a worker. */
function remoteKeyring(rpc: () => PortRpc): Keyring {
  return {
    seal: async (key) => z.string().nullable().parse(await rpc().call('keyring.seal', Buffer.from(key).toString('base64'))),
    open: async (sealed) => {
      const key = z.string().nullable().parse(await rpc().call('keyring.open', sealed));
      return key === null ? null : Buffer.from(key, 'base64');
    },
  };
}

/** Calls of the main process itself, never of the screen. */
function ownCalls(desk: Desk, exports: ListExports): Readonly<Record<string, (args: unknown) => unknown>> {
  return {
    'own.storeFiles': (args) => storeFiles(desk, z.array(z.string()).parse(args)),
    'own.fileContent': (args) => fetchFile(desk, z.string().parse(args)),
    'own.beginExport': (args) => {
      const { target, list } = z.object({ target: z.string().nullable(), list: listExportSchema }).parse(args);
      return exports.begin(target, list);
    },
    'own.printed': (args) => {
      const { type, id, title } = z.object({ type: z.string(), id: z.string(), title: z.string() }).parse(args);
      writeAccess(desk, 'print', type, id, title);
    },
    'own.close': () => desk.close(),
  };
}

/** Calls that come of a person's own hands, never of a screen that shows itself anew. */
const handiwork: ReadonlySet<string> = new Set(['client.doubles', 'command.run', 'draft.save', 'search.find']);

function startWorker(): void {
  const port = parentPort;
  if (port === null) throw new Error('This file runs as a worker thread only');
  const data = workerDataSchema.parse(workerData);
  if (data.authorities.length > 0) trustAuthorities(data.authorities); // this thread alone speaks with the centre
  const log = (text: string, error?: unknown) => rpc.emit('log', { text, error: error instanceof Error ? (error.stack ?? error.message) : '' });
  const desk = new Desk({
    folder: data.folder,
    server: data.server,
    keyring: remoteKeyring(() => rpc),
    nativeBinding: data.nativeBinding ?? undefined,
    rekey: rekeyThread(new URL('./rekey-worker.js', import.meta.url), data.nativeBinding ?? undefined),
    fetch: globalThis.fetch,
    now: Date.now,
    random: Math.random,
    timers: {
      after: (ms, call) => {
        const timer = setTimeout(call, ms);
        return () => clearTimeout(timer);
      },
    },
    parseLetter: async (raw, envelope, chosen = null) => (await rpc.call('letter.parse', { raw, envelope, chosen })) as ParsedEmail, // the main process hands on what its parser made
    emit: (name, payload) => rpc.emit(name, payload),
    log,
  });
  const exports = new ListExports(desk);
  const handlers = new Map<string, (args: unknown) => unknown>([
    ...Object.entries(ownCalls(desk, exports)),
    ...(Object.entries(deskHandlers(desk, exports)) as [string, (args: unknown) => unknown][]), // arguments were parsed by the schema of the same name in main/ipc
  ]);
  const answer = (name: string, args: unknown): unknown => {
    const handler = handlers.get(name);
    if (handler === undefined) throw new OknoError('internal', { name });
    if (handiwork.has(name)) desk.givingWay.sign();
    return handler(args);
  };
  const rpc = new PortRpc(port, { answer, onEvent: (name) => log(`Unexpected event ${name}`), onError: (error) => log('A call failed', error) });
  desk.start().then(
    () => rpc.emit('ready', {}),
    (error: unknown) => log('The desk did not start', error),
  );
}

startWorker();
