import type { Json } from '../../shared/base/json.ts';
import type { Outbox } from '../db/outbox.ts';

/** A column being drawn wider writes many times: what is written within this time goes as one, ms. */
const restMs = 3_000;

/** What belongs to this machine: a scale is chosen for a screen, and the clients looked at last were looked at here. */
const keysOfDesk: ReadonlySet<string> = new Set(['window.scale', 'search.recentClients']);

export interface DeskSettingsOptions {
  readonly outbox: () => Outbox | null;
  /** The setting as the base has it, written here or at another desk; undefined if it was never written. */
  readonly followed: (userId: string, key: string) => Json | undefined;
  /** Runs the command that writes a setting of the user who is logged in; false if it was refused. */
  readonly send: (key: string, value: Json) => boolean;
  /** The user who is logged in. */
  readonly userId: () => string | null;
  readonly after: (ms: number, call: () => void) => () => void;
}

/**
 * Settings of the users of this desk. A setting is written here at once and, after a rest, by a command that takes it to the user's other desks; until then it
 * lies in outbox.db, so that neither a crash nor a logout loses it. Before the first login nothing encrypted is open: then they live in memory only
 * and the login screen starts from the system's own theme and scale.
 */
export class DeskSettings {
  readonly #options: DeskSettingsOptions;
  readonly #early = new Map<string, Json>();
  #cancel: (() => void) | null = null;

  constructor(options: DeskSettingsOptions) {
    this.#options = options;
  }

  read(userId: string, key: string): Json {
    const { outbox, followed } = this.#options;
    const here = outbox()?.users.setting(userId, key);
    return here ?? (here === null ? null : (followed(userId, key) ?? this.#early.get(key) ?? null));
  }

  write(userId: string, key: string, value: Json): void {
    const outbox = this.#options.outbox();
    if (outbox === null) {
      this.#early.set(key, value);
      return;
    }
    outbox.users.setSetting(userId, key, value);
    if (!keysOfDesk.has(key)) this.#cancel ??= this.#options.after(restMs, () => this.flush());
  }

  /** Hands what the logged-in user wrote here to the exchange. What a rule refuses (too long) stays a setting of this desk. */
  flush(): void {
    this.#cancel?.();
    this.#cancel = null;
    const outbox = this.#options.outbox();
    const userId = this.#options.userId();
    if (outbox === null || userId === null) return;
    for (const { key, value } of outbox.users.settings(userId)) if (!keysOfDesk.has(key) && this.#options.send(key, value)) outbox.users.removeSetting(userId, key);
  }
}
