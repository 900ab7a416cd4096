import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from 'node:crypto';
import type { z } from 'zod';

const encode = (bytes: Buffer): string => bytes.toString('base64url');

/** Short texts that the centre signs and later recognises as its own: grants, leases, cursors. */
export class Signer {
  readonly #key: KeyObject;

  constructor(key: Buffer) {
    this.#key = createSecretKey(key); // once: each signature would make it anew
  }

  #mac(purpose: string, body: string): Buffer {
    return createHmac('sha256', this.#key).update(`${purpose}\n${body}`).digest();
  }

  /** `purpose` keeps a token of one kind from being taken for another. */
  sign(purpose: string, payload: unknown): string {
    const body = encode(Buffer.from(JSON.stringify(payload)));
    return `${body}.${encode(this.#mac(purpose, body))}`;
  }

  /** The payload, or null for anything that this centre did not sign for this purpose. */
  open<T>(purpose: string, token: string, schema: z.ZodType<T>): T | null {
    const [body, mac, ...rest] = token.split('.');
    if (body === undefined || mac === undefined || rest.length > 0) return null;
    const given = Buffer.from(mac, 'base64url');
    const expected = this.#mac(purpose, body);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
    const parsed = schema.safeParse(JSON.parse(Buffer.from(body, 'base64url').toString('utf8')));
    return parsed.success ? parsed.data : null;
  }
}
