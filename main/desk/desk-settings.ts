import type { Json } from '../../shared/base/json.ts';
import type { Outbox } from '../db/outbox.ts';

/**
 * Settings of the users of this desk. Before the first login nothing encrypted is open: then they live in memory only and the
 * login screen starts from the system's own theme and scale.
 */
export class DeskSettings {
  readonly #outbox: () => Outbox | null;
  readonly #early = new Map<string, Json>();

  constructor(outbox: () => Outbox | null) {
    this.#outbox = outbox;
  }

  read(userId: string, key: string): Json {
    return this.#outbox()?.users.setting(userId, key) ?? this.#early.get(key) ?? null;
  }

  write(userId: string, key: string, value: Json): void {
    const outbox = this.#outbox();
    if (outbox === null) this.#early.set(key, value);
    else outbox.users.setSetting(userId, key, value);
  }
}
