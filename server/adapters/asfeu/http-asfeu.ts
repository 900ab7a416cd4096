import { z } from 'zod';
import { AsfeuFailure, type Asfeu, type RawFeedPage } from './asfeu.ts';
import { asfeuProblemSchema, feedPageSchema, PAGE_LIMIT, registrationRequestSchema, registrationSchema, type Registration } from './contract.ts';

export interface HttpAsfeuOptions {
  /** Base address of the services, e.g. `https://asfeu.example.ru/hs/okno`. */
  readonly url: string;
  readonly token: string | null;
  readonly timeoutMs: number;
}

interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly retryAfterMs: number | null;
}

const rawFeedPageSchema = feedPageSchema.extend({ items: z.array(z.unknown()) });

function retryAfter(headers: Headers): number | null {
  const seconds = Number(headers.get('retry-after'));
  return headers.has('retry-after') && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : null;
}

function explainNetwork(error: unknown, timeoutMs: number): string {
  if (error instanceof Error && error.name === 'TimeoutError') return `АС ФЭУ не ответила за ${Math.round(timeoutMs / 1000)} с`;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : null;
  const code = cause !== null && 'code' in cause ? String(cause.code) : '';
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN' || code === 'EHOSTUNREACH') return `Нет связи с АС ФЭУ (${code})`;
  return `Связь с АС ФЭУ оборвалась${code === '' ? '' : ` (${code})`}`;
}

/** The real АС ФЭУ over HTTP/JSON (docs/asfeu-openapi.json). */
export function httpAsfeu({ url, token, timeoutMs }: HttpAsfeuOptions): Asfeu {
  const base = url.replace(/\/+$/, '');

  const ask = async (path: string, init: { method?: string; headers?: Record<string, string>; body?: string } = {}): Promise<Reply> => {
    try {
      const response = await fetch(base + path, {
        ...init,
        headers: { accept: 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }), ...init.headers },
        redirect: 'error', // a log-in page of some gateway is not АС ФЭУ
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      return { status: response.status, body: parseJson(text), retryAfterMs: retryAfter(response.headers) };
    } catch (error) {
      throw new AsfeuFailure('down', explainNetwork(error, timeoutMs), null, { cause: error });
    }
  };

  const fail = ({ status, body, retryAfterMs }: Reply): never => {
    const told = asfeuProblemSchema.safeParse(body);
    const words = told.success ? `: ${told.data.message}` : '';
    if (status === 410) throw new AsfeuFailure('gone', `Лента АС ФЭУ начата заново${words}`);
    if (status === 401 || status === 403) throw new AsfeuFailure('down', `АС ФЭУ не приняла ключ доступа${words}. Проверьте настройку asfeuToken`);
    if (status >= 400 && status < 500 && status !== 408 && status !== 429 && told.success) throw new AsfeuFailure('refused', `АС ФЭУ не приняла обращение${words}`);
    throw new AsfeuFailure('down', `АС ФЭУ временно не работает (ответ ${status})${words}`, retryAfterMs);
  };

  /** An answer of another shape (a gateway's page, another version) tells nothing: the thing may or may not have been done. */
  const understood = <T>(schema: z.ZodType<T>, { body, status }: Reply): T => {
    const parsed = schema.safeParse(body);
    if (!parsed.success) throw new AsfeuFailure('down', `АС ФЭУ ответила непонятно (ответ ${status})`);
    return parsed.data;
  };

  const registrationFor = (key: string, reply: Reply): Registration => {
    const registration = understood(registrationSchema, reply);
    if (registration.key !== key) throw new AsfeuFailure('down', 'АС ФЭУ ответила о другом обращении');
    return registration;
  };

  return {
    registerAppeal: async (key, request) => {
      const body = JSON.stringify(registrationRequestSchema.parse(request));
      const reply = await ask('/appeals', { method: 'POST', headers: { 'content-type': 'application/json', 'idempotency-key': encodeURIComponent(key) }, body });
      return reply.status === 200 || reply.status === 201 ? registrationFor(key, reply) : fail(reply);
    },
    findRegistration: async (key) => {
      const reply = await ask(`/appeals/${encodeURIComponent(key)}`);
      if (reply.status === 404 && asfeuProblemSchema.safeParse(reply.body).success) return null;
      return reply.status === 200 ? registrationFor(key, reply) : fail(reply);
    },
    feed: async (cursor): Promise<RawFeedPage> => {
      const query = new URLSearchParams({ ...(cursor === '' ? {} : { after: cursor }), limit: String(PAGE_LIMIT) });
      const reply = await ask(`/applications?${query.toString()}`);
      return reply.status === 200 ? understood(rawFeedPageSchema, reply) : fail(reply);
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return null; // not JSON: no shape of the contract fits it, which the caller says
  }
}
