import type { AccessEntry, Lease, LeaseRequest, PullRequest, PullResponse, PushRequest, PushResponse } from '../../shared/protocol/sync.ts';

/**
 * What went wrong, by kind: retrying is decided by it, never by a text. `network`: no answer at all; `slow`: none in time, so that less has to be sent or asked for (F20);
 * `untrusted`: the centre's certificate is not valid, nothing was sent (F21); `badAnswer`: an answer that is
 * not the centre's (a captive portal's page, a cut one); `tooLarge`: send less; `tooMany`: wait as told; `unauthorized`: log in.
 */
export type TransportFailure = 'network' | 'slow' | 'untrusted' | 'badAnswer' | 'tooLarge' | 'tooMany' | 'server' | 'refused' | 'unauthorized';

export class TransportError extends Error {
  readonly kind: TransportFailure;
  /** As the centre asked (Retry-After), milliseconds. */
  readonly retryAfterMs: number | null;

  constructor(kind: TransportFailure, retryAfterMs: number | null = null, options?: ErrorOptions) {
    super(`Exchange with the centre failed: ${kind}`, options);
    this.name = 'TransportError';
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
  }
}

/** The centre as the engine sees it. Every method rejects with TransportError only. */
export interface Transport {
  push(request: PushRequest): Promise<PushResponse>;
  pull(request: PullRequest): Promise<PullResponse>;
  /** Null: the centre has no numbers to give now. */
  lease(request: LeaseRequest): Promise<Lease | null>;
  sendAccessLog(deskId: string, entries: readonly AccessEntry[]): Promise<void>;
  uploadFile(fileId: string, content: Uint8Array): Promise<void>;
}
