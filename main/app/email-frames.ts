import { randomUUID } from 'node:crypto';

interface EmailFrame {
  readonly html: string;
  readonly remote: boolean;
}

/** Letters shown at once are few; older frames are forgotten. */
const kept = 40;

/** The sanitised letters that frames may show, by a token that only this process gives out. */
export class EmailFrames {
  readonly #frames = new Map<string, EmailFrame>();

  add(frame: EmailFrame): string {
    const token = randomUUID();
    this.#frames.set(token, frame);
    const [oldest] = this.#frames.keys();
    if (this.#frames.size > kept && oldest !== undefined) this.#frames.delete(oldest);
    return `app://frame/${token}`;
  }

  get(token: string): EmailFrame | null {
    return this.#frames.get(token) ?? null;
  }

  /** True for the address of a letter whose user allowed pictures from outside. */
  allowsRemote(url: string): boolean {
    const token = /^app:\/\/frame\/([0-9a-f-]{36})(?:#[a-z]*)?$/.exec(url)?.[1];
    return token !== undefined && this.#frames.get(token)?.remote === true;
  }
}
