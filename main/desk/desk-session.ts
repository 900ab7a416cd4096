import { OknoError, type Refusal } from '../../shared/base/errors.ts';
import type { Author } from '../../shared/base/rule-book.ts';
import { scopeKeysOf } from '../../shared/base/scope.ts';
import { loginResponseSchema, welcomeSchema, type LoginRequest, type LoginResponse, type Welcome } from '../../shared/protocol/http.ts';
import type { CallArgs, SessionState } from '../../shared/protocol/ipc.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { protocolVersion } from '../../shared/protocol/version.ts';
import type { KnownSession } from '../db/user-data.ts';
import type { CentreClient } from '../sync/centre-client.ts';
import { TransportError } from '../sync/transport.ts';
import { wireRefusal } from '../wire-refusal.ts';
import type { DeskKeys } from './desk-keys.ts';
import type { DeskFiles } from './open-desk.ts';

/** Off line a user works at most this long after his last login on line. */
const offlineLoginMs = 14 * 86_400_000;

export interface Session extends KnownSession {
  readonly login: string;
  readonly author: Author;
}

interface Current {
  readonly session: Session;
  /** Checked against this desk only; the centre has not answered since. */
  readonly offline: boolean;
  /** Kept in memory while off line, to log in by itself when the centre comes back. */
  readonly password: string | null;
  /** The window waits for the password; remembered, so that a new start does not open it. */
  readonly locked: boolean;
}

export interface DeskSessionOptions {
  readonly keys: DeskKeys;
  readonly centre: CentreClient;
  readonly now: () => number;
  /** Opens the encrypted files with the key; twice with the same key gives the same files. `setAside`: those there cannot be opened by it. */
  readonly openFiles: (key: Uint8Array) => DeskFiles;
  /** Those that are open. */
  readonly files: () => DeskFiles;
  readonly closeFiles: () => void;
  readonly setFilesAside: () => void;
  readonly hasFiles: () => boolean;
  readonly onChange: (state: SessionState) => void;
  readonly onStart: (session: Session, files: DeskFiles, online: boolean) => void;
  readonly onEnd: () => Promise<void>;
  readonly log: (text: string, error?: unknown) => void;
}

function loginKey(login: string): string {
  return login.trim().toLowerCase();
}

/** Logging in and out, on line and off line; who works at this desk now. */
export class DeskSession {
  readonly #options: DeskSessionOptions;
  #current: Current | null = null;
  #key: Uint8Array | null = null;
  #welcome: Welcome | null = null;
  #reason: Refusal | null = null;

  constructor(options: DeskSessionOptions) {
    this.#options = options;
  }

  get current(): Session | null {
    return this.#current?.session ?? null;
  }

  get token(): string | null {
    return this.#current?.session.token ?? null;
  }

  get state(): SessionState {
    const { desk } = this.#options.keys;
    if (this.#current !== null) return { state: 'loggedIn', user: this.#current.session.user, deskName: desk.deskName, offline: this.#current.offline, locked: this.#current.locked };
    return { state: 'loggedOut', lastLogin: desk.lastLogin, deskName: desk.deskName, knownLogins: desk.wraps.map(({ login }) => login), welcome: this.#welcome, reason: this.#reason === null ? null : wireRefusal(this.#reason) };
  }

  /** The session of whoever calls a command; a refusal when nobody is logged in. */
  require(): Session {
    if (this.#current === null) throw new OknoError('sessionEnded');
    return this.#current.session;
  }

  /** A session left open by a restart goes on where the system's keyring holds the key. */
  async resume(): Promise<void> {
    const key = await this.#options.keys.fromKeyring();
    if (key === null || !this.#options.hasFiles()) return;
    const files = this.#open(key);
    const login = files.base.outbox.meta('openSession');
    const known = login === null || login === '' ? null : files.base.outbox.users.session(login);
    if (login === null || known === null || this.#options.now() - Date.parse(known.lastOnlineAt) > offlineLoginMs) {
      this.#forgetKey();
      return;
    }
    this.#begin(login, known.session, files, { offline: true, password: null, locked: files.base.outbox.meta('locked') === 'yes' });
  }

  #open(key: Uint8Array): DeskFiles {
    const files = this.#options.openFiles(key);
    if (this.#key !== key) this.#key?.fill(0);
    this.#key = key;
    return files;
  }

  /** Nobody works here: the files are closed, and the key is not in memory any more. */
  #forgetKey(): void {
    this.#options.closeFiles();
    this.#key?.fill(0);
    this.#key = null;
  }

  /** What the centre says before a login; kept for the login screen. False if it did not answer. */
  async fetchWelcome(): Promise<boolean> {
    const known = JSON.stringify(this.#welcome);
    try {
      this.#welcome = await this.#options.centre.ask(welcomeSchema, { method: 'GET', path: paths.welcome, timeoutMs: 5_000 });
    } catch (error) {
      if (error instanceof TransportError || error instanceof OknoError) return false;
      throw error;
    }
    if (this.#current === null && JSON.stringify(this.#welcome) !== known) this.#options.onChange(this.state);
    return true;
  }

  /** Logs in at the centre; where it does not answer, against what this desk knows (architecture: 14 days). */
  async login(args: CallArgs<'session.login'>): Promise<SessionState> {
    try {
      return await this.#login(args);
    } catch (error) {
      if (this.#current === null) this.#forgetKey();
      throw error;
    }
  }

  async #login(args: CallArgs<'session.login'>): Promise<SessionState> {
    const login = loginKey(args.login);
    let response: LoginResponse;
    try {
      response = await this.#ask(login, args);
    } catch (error) {
      if (!(error instanceof TransportError)) throw error;
      // The centre is there and says to wait: this is no time without a network.
      if (error.kind === 'tooMany' && error.cause instanceof OknoError) throw error.cause;
      const code = error.kind === 'untrusted' ? 'certificateInvalid' : 'noConnection';
      if (args.newPassword !== undefined) throw new OknoError(code, {}, { cause: error });
      await this.#loginOffline(login, args.password).catch((refused: unknown) => {
        // Who cannot come in without the centre is told why it is not there, where he can do something about it.
        const isKnown = !(refused instanceof OknoError) || refused.code === 'badCredentials';
        throw isKnown || code === 'noConnection' ? refused : new OknoError(code, {}, { cause: error });
      });
      return this.state;
    }
    await this.#loginOnline(login, args, response);
    return this.state;
  }

  #ask(login: string, { password, newPassword, deskName }: Pick<CallArgs<'session.login'>, 'password' | 'newPassword' | 'deskName'>): Promise<LoginResponse> {
    const { desk } = this.#options.keys;
    const request: LoginRequest = {
      protocol: protocolVersion, login, password, deskId: desk.deskId, deskName: deskName.trim() === '' ? desk.deskName : deskName.trim(),
      ...(desk.escrow === null ? {} : { keyEscrow: desk.escrow }), ...(newPassword === undefined ? {} : { newPassword }),
    };
    return this.#options.centre.ask(loginResponseSchema, { method: 'POST', path: paths.session, body: request });
  }

  async #loginOnline(login: string, args: Pick<CallArgs<'session.login'>, 'password' | 'newPassword' | 'deskName'>, response: LoginResponse, locked = false): Promise<void> {
    const password = args.newPassword ?? args.password;
    const { key, wrapFits } = await this.#keyOnline(login, password, response);
    const files = this.#open(key);
    await this.#options.keys.keep(key, { login, password, deskName: args.deskName, escrowPublicKey: response.escrowPublicKey, wrapFits });
    const { token, grant, grantExpiresAt, user } = response;
    const known = { token, grant, grantExpiresAt, user };
    files.base.outbox.users.saveSession(login, known, response.serverTime);
    await this.#end();
    this.#begin(login, known, files, { offline: false, password: null, locked });
  }

  /** The data key at a login on line: already open, by the own wrap, from the centre's escrow, or a new one for an empty profile. */
  async #keyOnline(login: string, password: string, response: LoginResponse): Promise<{ readonly key: Uint8Array; readonly wrapFits: boolean }> {
    if (this.#key !== null) return { key: this.#key, wrapFits: false };
    const own = this.#options.keys.hasWrap(login) ? await this.#options.keys.fromPassword(login, password) : null;
    const escrowed = response.dataKey === null ? null : Buffer.from(response.dataKey, 'base64');
    const key = own ?? escrowed ?? (await this.#options.keys.fromKeyring());
    if (key !== null) return { key, wrapFits: own !== null };
    if (this.#options.hasFiles()) {
      this.#options.log('No way to the data key of this profile: its files are set aside');
      this.#options.setFilesAside();
    }
    return { key: this.#options.keys.newKey(), wrapFits: false };
  }

  async #loginOffline(login: string, password: string): Promise<void> {
    const key = await this.#options.keys.fromPassword(login, password);
    if (key === null) throw new OknoError('badCredentials');
    if (!this.#options.hasFiles()) throw new OknoError('offlineLoginUnknown');
    const files = this.#open(key);
    const known = files.base.outbox.users.session(login);
    if (known === null) throw new OknoError('offlineLoginUnknown');
    if (this.#options.now() - Date.parse(known.lastOnlineAt) > offlineLoginMs) throw new OknoError('offlineLoginExpired');
    this.#options.keys.rememberLogin(login);
    await this.#end();
    this.#begin(login, known.session, files, { offline: true, password, locked: false });
  }

  #begin(login: string, known: KnownSession, files: DeskFiles, { offline, password, locked }: Omit<Current, 'session'>): void {
    const { userId, name, roles, branchIds } = known.user;
    const session: Session = { ...known, login, author: { userId, name, roles, branchIds } };
    files.base.beginFor({ userId, keys: scopeKeysOf(session.author) }, !offline);
    files.base.outbox.setMeta('openSession', login);
    files.base.outbox.setMeta('locked', locked ? 'yes' : '');
    this.#current = { session, offline, password, locked };
    this.#reason = null;
    this.#options.onStart(session, files, !offline);
    this.#options.onChange(this.state);
  }

  /** Nobody is at the window: until `unlock` it shows nothing. What is open, waits or is exchanged goes on. */
  lock(): SessionState {
    if (this.#current !== null && !this.#current.locked) this.#setLocked(this.#current, true);
    return this.state;
  }

  #setLocked(current: Current, locked: boolean): void {
    this.#options.files().base.outbox.setMeta('locked', locked ? 'yes' : '');
    this.#current = { ...current, locked };
    this.#options.onChange(this.state);
  }

  /** Opens the locked window: by what this desk knows of the password, without waiting for any network; a password changed elsewhere by a new login at the centre. */
  async unlock(password: string): Promise<SessionState> {
    const { login, token } = this.require();
    const { keys } = this.#options;
    const key = keys.hasWrap(login) ? await keys.fromPassword(login, password) : null;
    if (key === null) {
      await this.login({ login, password, deskName: '' });
      if (token !== this.token) await this.#tellCentre(token);
    } else {
      key.fill(0);
      if (this.#current?.session.login === login) this.#setLocked(this.#current, false);
    }
    return this.state;
  }

  /** The centre answered in this session. */
  confirmOnline(): void {
    if (this.#current?.offline !== true) return;
    this.#current = { ...this.#current, offline: false };
    this.#options.onChange(this.state);
  }

  /**
   * The centre does not take the token any more. A session begun off line logs in by itself; any other ends, with everything
   * entered kept. Returns true if the exchange can go on.
   */
  async renew(): Promise<boolean> {
    const current = this.#current;
    if (current === null) return false;
    const { login } = current.session;
    if (current.password !== null) {
      try {
        const args = { password: current.password, deskName: '' };
        const response = await this.#ask(login, args);
        await this.#loginOnline(login, args, response, this.#current?.locked ?? current.locked);
        return true;
      } catch (error) {
        if (error instanceof TransportError) return false;
        if (!(error instanceof OknoError)) throw error;
        if (error.code === 'badCredentials') this.#options.keys.forget(login);
      }
    }
    await this.logout({ code: 'sessionEnded', details: {} });
    return false;
  }

  async #end(): Promise<void> {
    if (this.#current === null) return;
    this.#current = null;
    await this.#options.onEnd();
  }

  /** Ends the session here; `reason` is shown at the login screen. Nothing entered is lost. */
  async logout(reason: Refusal | null = null): Promise<SessionState> {
    const token = this.token;
    if (this.#key !== null) this.#options.openFiles(this.#key).base.outbox.setMeta('openSession', '');
    await this.#end();
    this.#forgetKey();
    this.#reason = reason;
    this.#options.onChange(this.state);
    if (token !== null && reason === null) await this.#tellCentre(token);
    return this.state;
  }

  async #tellCentre(token: string): Promise<void> {
    try {
      await this.#options.centre.endSession(token);
    } catch (error) {
      this.#options.log('The centre did not hear of the logout; the session ends there by itself', error);
    }
  }
}
