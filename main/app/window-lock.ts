import { z } from 'zod';
import { OknoError } from '../../shared/base/errors.ts';
import type { CallName } from '../../shared/protocol/ipc.ts';
import { defaultLockMinutes, lockMinutesSchema } from '../../shared/protocol/lock.ts';

/** Where it is known that nobody is at the machine. */
export interface IdleSource {
  /** Seconds since anybody touched the machine. */
  readonly idleSeconds: () => number;
  /** The system locks its screen or goes to sleep. */
  readonly onAway: (listener: () => void) => void;
}

interface WindowLockOptions {
  readonly idle: IdleSource;
  /** Asks the desk to lock; it answers with an event `session`. */
  readonly lock: () => void;
  /** To the page. */
  readonly send: (name: string, payload: unknown) => void;
}

/** A locked window may learn who is here, take the password, end the session, and write down what was typed; nothing that shows data. */
const allowedWhileLocked: ReadonlySet<CallName> = new Set(['app.info', 'draft.save', 'session.logout', 'session.state', 'session.unlock']);

const sessionEvent = z.discriminatedUnion('state', [z.object({ state: z.literal('loggedOut') }), z.object({ state: z.literal('loggedIn'), locked: z.boolean() })]);
const changedEvent = z.object({ types: z.array(z.string()) });

/**
 * The idle lock (architecture §7): the window locks after minutes without input and whenever the system locks or sleeps. Whether it is locked
 * the desk says, which remembers it over a restart; here calls are refused and what the desk tells meanwhile is held back, so that the page does not ask about it.
 */
export class WindowLock {
  readonly #options: WindowLockOptions;
  #state: 'nobody' | 'open' | 'locked' = 'nobody';
  #minutes: number = defaultLockMinutes;
  readonly #changed = new Set<string>();
  readonly #last = new Map<string, unknown>();

  constructor(options: WindowLockOptions) {
    this.#options = options;
    options.idle.onAway(() => this.#lock());
  }

  get isLocked(): boolean {
    return this.#state === 'locked';
  }

  /** The user's own setting; what does not fit it means the usual one. */
  setMinutes(value: unknown): void {
    const minutes = lockMinutesSchema.safeParse(value);
    this.#minutes = minutes.success ? minutes.data : defaultLockMinutes;
  }

  /** To be called every few seconds. */
  look(): void {
    if (this.#options.idle.idleSeconds() >= this.#minutes * 60) this.#lock();
  }

  #lock(): void {
    if (this.#state === 'open') this.#options.lock();
  }

  /** Throws the refusal `locked` for a call that must wait for the password. */
  check(name: CallName): void {
    if (this.isLocked && !allowedWhileLocked.has(name)) throw new OknoError('locked');
  }

  /** Everything that the desk tells passes here on its way to the page. */
  pass(name: string, payload: unknown): void {
    if (name === 'session') this.#follow(payload);
    else if (!this.isLocked) this.#options.send(name, payload);
    else if (name === 'changed') for (const type of changedEvent.parse(payload).types) this.#changed.add(type);
    else this.#last.set(name, payload);
  }

  #follow(payload: unknown): void {
    const session = sessionEvent.parse(payload);
    this.#state = session.state === 'loggedOut' ? 'nobody' : session.locked ? 'locked' : 'open';
    this.#options.send('session', payload);
    if (this.isLocked) return;
    for (const [name, last] of this.#last) this.#options.send(name, last);
    this.#last.clear();
    const types = [...this.#changed];
    this.#changed.clear();
    if (types.length > 0) this.#options.send('changed', { types });
  }
}
