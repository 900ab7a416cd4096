import type { FeedPage, Registration, RegistrationRequest } from './contract.ts';

/** АС ФЭУ as the centre sees it. Every call rejects with AsfeuFailure if the other side did not do it, or may not have. */
export interface Asfeu {
  /** Registers, or answers with what is registered under the key already. */
  readonly registerAppeal: (key: string, request: RegistrationRequest) => Promise<Registration>;
  /** What is registered under the key, or null. */
  readonly findRegistration: (key: string) => Promise<Registration | null>;
  /** Changes after the cursor, '' = from the beginning. */
  readonly feed: (cursor: string) => Promise<RawFeedPage>;
}

/** A page whose items are not checked yet: one bad application must not stop the others. */
export type RawFeedPage = Omit<FeedPage, 'items'> & { readonly items: readonly unknown[] };

/**
 * down: no answer, or «later»; whether it was done is not known. refused: it will not do it as it is. gone: the cursor belongs to
 * another feed. `message` is Russian, for people.
 */
export class AsfeuFailure extends Error {
  readonly kind: 'down' | 'refused' | 'gone';
  /** The other side said when to come again. */
  readonly retryAfterMs: number | null;

  constructor(kind: AsfeuFailure['kind'], message: string, retryAfterMs: number | null = null, options?: ErrorOptions) {
    super(message, options);
    this.name = 'AsfeuFailure';
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}
