import { ipcMain, type BrowserWindow } from 'electron';
import { OknoError } from '../../shared/base/errors.ts';
import { calls, events, type CallName } from '../../shared/protocol/ipc.ts';
import type { DeskWorker } from '../app/desk-worker.ts';
import type { Handlers, WindowCall } from '../desk/call-handlers.ts';
import { refusalOf } from '../wire-refusal.ts';
import { isTrustedSender } from './trusted-sender.ts';

/** The two channels of the bridge. */
const callChannel = 'okno:call';
const eventChannel = 'okno:event';

/** Calls slower than this are worth a line in the log, milliseconds. */
const slowMs = 250;

/** Calls that answer `{ok, value}` or a refusal; the others fail as a whole. */
const answersResult: ReadonlySet<string> = new Set(
  Object.entries(calls)
    .filter(([, { answer }]) => answer.safeParse({ ok: false, refusal: { code: 'internal', details: {} } }).success)
    .map(([name]) => name),
);

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(calls, name);
}

interface CallOptions {
  readonly window: () => BrowserWindow | null;
  readonly worker: DeskWorker;
  readonly handlers: Handlers<WindowCall>;
  /** Throws for a call that a locked window may not make. */
  readonly check: (name: CallName) => void;
  /** Sees every answered call: the theme follows a setting. */
  readonly onAnswered: (name: CallName, args: unknown, value: unknown) => void;
  readonly log: (text: string, error?: unknown) => void;
}

function parseArgs(name: CallName, args: unknown): unknown {
  const parsed = calls[name].args.safeParse(args);
  if (!parsed.success) throw new OknoError('invalidInput', { field: `${name}: ${parsed.error.issues[0]?.path.join('.') ?? ''}` });
  return parsed.data;
}

/**
 * The one wrapper of all calls: the sender is checked, a locked window refused, the arguments parsed, the call answered here or by the worker, and every
 * error turned into a code. Adding a call needs no line here.
 */
export function registerCalls({ window, worker, handlers, check, onAnswered, log }: CallOptions): void {
  const own = new Map(Object.entries(handlers) as [string, (args: unknown) => unknown][]); // each gets arguments parsed by its own schema
  ipcMain.handle(callChannel, async (event, name: unknown, args: unknown) => {
    if (!isTrustedSender(event, window())) throw new Error('Call refused');
    if (!isCallName(name)) throw new Error('No such call');
    const began = performance.now();
    try {
      check(name);
      const parsed = parseArgs(name, args);
      const handler = own.get(name);
      const value: unknown = handler === undefined ? await worker.call(name, parsed) : await handler(parsed);
      onAnswered(name, parsed, value);
      return { ok: true, value };
    } catch (error) {
      if (!(error instanceof OknoError)) log(`Call ${name} failed`, error);
      const refused = { ok: false, refusal: refusalOf(error) };
      return answersResult.has(name) ? { ok: true, value: refused } : refused;
    } finally {
      const took = performance.now() - began;
      if (took > slowMs && !own.has(name)) log(`Call ${name} took ${Math.round(took)} ms`);
    }
  });
}

/** Sends an event to the page; a name that the table lacks never leaves. */
export function sendEvent(window: BrowserWindow | null, name: string, payload: unknown): void {
  if (window === null || window.isDestroyed() || !Object.hasOwn(events, name)) return;
  window.webContents.send(eventChannel, name, payload);
}

/** Names that the preload lets through. */
export const bridgeNames = { calls: Object.keys(calls), events: Object.keys(events) } as const;
