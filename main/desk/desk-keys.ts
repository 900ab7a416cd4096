import { OknoError } from '../../shared/base/errors.ts';
import { newDataKey, openByPassword, wrapByPassword, wrapForEscrow } from '../db/data-key.ts';
import { writeDesk, type Desk } from '../db/desk-file.ts';

/** The system's keyring. */
export interface Keyring {
  /** Base64 of the sealed key, or null where the system protects nothing (no safeStorage, `basic_text`). */
  readonly seal: (key: Uint8Array) => Promise<string | null>;
  /** The key, or null if this keyring did not seal it or is not there. */
  readonly open: (sealed: string) => Promise<Uint8Array | null>;
}

/** desk.json and the ways to the data key that it keeps. */
export class DeskKeys {
  readonly #folder: string;
  readonly #keyring: Keyring;
  #desk: Desk;

  constructor(folder: string, desk: Desk, keyring: Keyring) {
    this.#folder = folder;
    this.#desk = desk;
    this.#keyring = keyring;
  }

  get desk(): Desk {
    return this.#desk;
  }

  #save(changes: Partial<Desk>): void {
    this.#desk = { ...this.#desk, ...changes };
    writeDesk(this.#folder, this.#desk);
  }

  /** The key without a password, where a real keyring holds it. */
  async fromKeyring(): Promise<Uint8Array | null> {
    const { keyringWrap } = this.#desk;
    return keyringWrap === null ? null : this.#keyring.open(keyringWrap);
  }

  /** The key by the user's own wrap; null for a wrong password; a refusal if he never logged in here. */
  async fromPassword(login: string, password: string): Promise<Uint8Array | null> {
    const wrap = this.#desk.wraps.find((candidate) => candidate.login === login);
    if (wrap === undefined) throw new OknoError('offlineLoginUnknown');
    return openByPassword(wrap, password);
  }

  hasWrap(login: string): boolean {
    return this.#desk.wraps.some((wrap) => wrap.login === login);
  }

  newKey(): Uint8Array {
    return newDataKey();
  }

  /** After a login on line: the user's wrap renewed, the escrow copy, the keyring's copy. `wrapFits`: it was just opened by this password. */
  async keep(key: Uint8Array, { login, password, deskName, escrowPublicKey, wrapFits }: { login: string; password: string; deskName: string; escrowPublicKey: string; wrapFits: boolean }): Promise<void> {
    const own = this.#desk.wraps.find((wrap) => wrap.login === login);
    const fits = own !== undefined && (wrapFits || (await openByPassword(own, password)) !== null);
    const wraps = fits ? this.#desk.wraps : [...this.#desk.wraps.filter((wrap) => wrap.login !== login), await wrapByPassword(key, login, password)];
    const keyringWrap = await this.#keyring.seal(key);
    this.#save({ wraps, keyringWrap, escrow: wrapForEscrow(key, escrowPublicKey), lastLogin: login, deskName: deskName.trim() === '' ? this.#desk.deskName : deskName.trim() });
  }

  rememberLogin(login: string): void {
    this.#save({ lastLogin: login });
  }

  /** A password that the centre no longer takes does not open this desk either. */
  forget(login: string): void {
    this.#save({ wraps: this.#desk.wraps.filter((wrap) => wrap.login !== login) });
  }
}
