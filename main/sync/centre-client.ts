import { createHash } from 'node:crypto';
import { z } from 'zod';
import { OknoError } from '../../shared/base/errors.ts';
import { problemSchema } from '../../shared/protocol/http.ts';
import { leaseAnswerSchema, partAnswerSchema, pullResponseSchema, pushResponseSchema, snapshotAnswerSchema, type AccessEntry, type Lease, type LeaseRequest, type PullRequest, type PullResponse, type PushRequest, type PushResponse, type SnapshotOffer, type SnapshotRequest } from '../../shared/protocol/sync.ts';
import { filePartPath, filePath, paths, snapshotPartPath } from '../../shared/protocol/paths.ts';
import type { SnapshotSource } from './snapshot-fill.ts';
import { TransportError, type Transport } from './transport.ts';

const answerTimeoutMs = 30_000;
/** A greeting carries nothing: a centre that does not answer it by then is not reached. */
const greetingTimeoutMs = 10_000;
/** For a page: a slow line may bring it that long, and smaller ones are asked for then. */
const pageTimeoutMs = 300_000;
/** Some seconds at 256 kbit/s (F20): a broken line loses no more than that. */
const partBytes = 256 * 1024;

export interface CentreClientOptions {
  /** Base address of the central API, e.g. http://127.0.0.1:8420. */
  readonly server: string;
  /** The session's token, or null before a login. */
  readonly token: () => string | null;
  readonly fetch: typeof fetch;
  /** How long an answer is waited for, where a call has no time of its own; 30 s if not given. */
  readonly patienceMs?: number;
}

type Ask = { readonly token?: string; readonly method: 'DELETE' | 'GET' | 'POST' | 'PUT'; readonly path: string; readonly body?: unknown; readonly bytes?: Uint8Array; readonly range?: string; readonly timeoutMs?: number };

/** The central API over HTTP. Fails with TransportError (no answer, or not the centre's) or OknoError (the centre's refusal). */
export class CentreClient implements Transport, SnapshotSource {
  readonly #options: CentreClientOptions;

  constructor(options: CentreClientOptions) {
    this.#options = options;
  }

  async #send({ method, path, body, bytes, range, timeoutMs, token: own }: Ask): Promise<Response> {
    const token = own ?? this.#options.token();
    const headers: Record<string, string> = { accept: 'application/json' };
    if (token !== null) headers['authorization'] = `Bearer ${token}`;
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (range !== undefined) headers['range'] = range;
    if (bytes !== undefined) headers['content-type'] = 'application/octet-stream';
    const content = bytes ?? (body === undefined ? null : JSON.stringify(body));
    try {
      return await this.#options.fetch(new URL(path, this.#options.server), {
        method, headers, body: content as string | Buffer<ArrayBuffer> | null, redirect: 'error', signal: AbortSignal.timeout(timeoutMs ?? this.#options.patienceMs ?? answerTimeoutMs), // bytes come from files, never from shared memory
      });
    } catch (error) {
      throw noAnswer(error);
    }
  }

  /** One call: the answer parsed by its schema. */
  async ask<T>(schema: z.ZodType<T>, question: Ask): Promise<T> {
    const response = await this.#send(question);
    const answer = await readJson(response);
    if (!response.ok) throw failureOf(response, answer);
    const parsed = schema.safeParse(answer);
    if (!parsed.success) throw new TransportError('badAnswer', null, { cause: parsed.error });
    return parsed.data;
  }

  /** Logs a session out, by its token: here it has ended already. */
  async endSession(token: string): Promise<void> {
    await this.ask(z.unknown(), { method: 'DELETE', path: paths.session, token, timeoutMs: 5_000 });
  }

  /** As `ask`, for the engine: a refusal of the centre is a kind of failure there. */
  async #sync<T>(schema: z.ZodType<T>, question: Ask): Promise<T> {
    try {
      return await this.ask(schema, question);
    } catch (error) {
      throw error instanceof OknoError ? ofEngine(error) : error;
    }
  }

  push(request: PushRequest): Promise<PushResponse> {
    return this.#sync(pushResponseSchema, { method: 'POST', path: paths.push, body: request, timeoutMs: request.commands.length === 0 ? greetingTimeoutMs : answerTimeoutMs });
  }

  pull(request: PullRequest): Promise<PullResponse> {
    return this.#sync(pullResponseSchema, { method: 'POST', path: paths.pull, body: request, timeoutMs: pageTimeoutMs });
  }

  async offer(request: SnapshotRequest): Promise<SnapshotOffer | null> {
    return (await this.#sync(snapshotAnswerSchema, { method: 'POST', path: paths.snapshot, body: request })).offer;
  }

  /** The bytes as they came: whether they are the right ones is for the caller to see. */
  async part(id: string, part: number): Promise<Uint8Array> {
    const response = await this.#send({ method: 'GET', path: snapshotPartPath(id, part), timeoutMs: pageTimeoutMs });
    if (response.ok) return readBytes(response);
    const failure = failureOf(response, await readJson(response));
    throw failure instanceof OknoError ? ofEngine(failure) : failure;
  }

  async lease(request: LeaseRequest): Promise<Lease | null> {
    return (await this.#sync(leaseAnswerSchema, { method: 'POST', path: paths.lease, body: request })).lease;
  }

  async sendAccessLog(deskId: string, entries: readonly AccessEntry[]): Promise<void> {
    await this.#sync(z.unknown(), { method: 'POST', path: paths.accessLog, body: { deskId, entries: [...entries] } });
  }

  /** In parts, so that no file is too large for a slow line; goes on where it was broken off, by another program too. */
  async uploadFile(fileId: string, content: Uint8Array): Promise<void> {
    if (content.byteLength <= partBytes) {
      await this.#sync(z.unknown(), { method: 'PUT', path: filePath(fileId), bytes: content });
      return;
    }
    let received = await this.#sendPart(fileId, content, 0, 0);
    while (received < content.byteLength) received = await this.#sendPart(fileId, content, received, partBytes);
  }

  async #sendPart(fileId: string, content: Uint8Array, from: number, length: number): Promise<number> {
    return (await this.#sync(partAnswerSchema, { method: 'PUT', path: filePartPath(fileId, from, content.byteLength), bytes: content.subarray(from, from + length) })).received;
  }

  /** The bytes of a file, checked against their address. */
  async downloadFile(fileId: string): Promise<Buffer> {
    const parts: Buffer[] = [];
    let [received, size] = [0, Infinity];
    while (received < size) {
      const response = await this.#send({ method: 'GET', path: filePath(fileId), range: `bytes=${String(received)}-${String(received + partBytes - 1)}` });
      if (response.status === 416) break; // an empty file has no first byte
      if (!response.ok) throw failureOf(response, await readJson(response));
      const bytes = await readBytes(response);
      parts.push(bytes);
      received += bytes.byteLength;
      size = response.status === 206 && bytes.byteLength > 0 ? Number(/\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1] ?? received) : received;
    }
    const content = Buffer.concat(parts);
    if (createHash('sha256').update(content).digest('hex') !== fileId) throw new TransportError('badAnswer');
    return content;
  }

  /** Opens the stream of hints; the caller reads its body. */
  async openHints(signal: AbortSignal): Promise<ReadableStream<Uint8Array>> {
    const token = this.#options.token();
    try {
      const response = await this.#options.fetch(new URL(`${paths.hints}?pages=yes`, this.#options.server), {
        headers: { accept: 'text/event-stream', ...(token === null ? {} : { authorization: `Bearer ${token}` }) }, redirect: 'error', signal,
      });
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
      if (!response.ok) throw failureOf(response, await readJson(response));
      if (!isStream || response.body === null) throw new TransportError('badAnswer');
      return response.body as ReadableStream<Uint8Array>; // a fetched body is a stream of bytes
    } catch (error) {
      if (error instanceof TransportError || error instanceof OknoError) throw error;
      throw noAnswer(error);
    }
  }
}

/** A refusal of the centre as a kind of failure. */
function ofEngine(refused: OknoError): TransportError {
  return new TransportError(refused.code === 'sessionEnded' ? 'unauthorized' : 'refused', null, { cause: refused });
}

/** Node's codes for a certificate that does not hold: expired, of another host, of nobody known, put in the place of the right one. */
const certificateCodes = /^(?:CERT_|ERR_TLS_CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|UNABLE_TO_(?:VERIFY|GET_ISSUER)|HOSTNAME_MISMATCH|INVALID_CA)/;

function noAnswer(error: unknown): TransportError {
  if (error instanceof Error && error.name === 'TimeoutError') return new TransportError('slow', null, { cause: error });
  const cause = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return new TransportError(certificateCodes.test(code) ? 'untrusted' : 'network', null, { cause: error });
}

async function readBytes(response: Response): Promise<Buffer> {
  try {
    return Buffer.from(await response.arrayBuffer());
  } catch (error) {
    throw noAnswer(error);
  }
}

/** The JSON of an answer; undefined for what is none, such as a captive portal's page. */
async function readJson(response: Response): Promise<unknown> {
  const text = (await readBytes(response)).toString('utf8');
  if (text === '') return {};
  try {
    return JSON.parse(text);
  } catch (error) {
    if (response.ok) throw new TransportError('badAnswer', null, { cause: error });
    return undefined;
  }
}

/** The failure that an answer other than 2xx means. A refusal is believed only in the centre's own form. */
function failureOf(response: Response, answer: unknown): TransportError | OknoError {
  const retryAfter = Number(response.headers.get('retry-after') ?? 'NaN');
  const retryAfterMs = Number.isFinite(retryAfter) ? retryAfter * 1_000 : null;
  const problem = problemSchema.safeParse(answer);
  if (response.status === 413) return new TransportError('tooLarge', retryAfterMs);
  if (response.status === 429 && problem.success) return new TransportError('tooMany', retryAfterMs, { cause: new OknoError(problem.data.refusal.code, problem.data.refusal.details) });
  if (response.status === 429 || response.status === 503) return new TransportError('tooMany', retryAfterMs);
  if (response.status >= 500) return new TransportError('server', retryAfterMs);
  if (problem.success) return new OknoError(problem.data.refusal.code, problem.data.refusal.details);
  return new TransportError(response.status === 401 ? 'unauthorized' : 'badAnswer', retryAfterMs);
}
