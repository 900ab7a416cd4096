import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { applicationSchema } from '../../../../shared/domain/application/model.ts';
import { PAGE_LIMIT, registrationRequestSchema } from '../contract.ts';
import { emulatorModeSchema, normalMode, type EmulatorMode } from './emulator-mode.ts';
import type { EmulatorState } from './emulator-state.ts';

const MAX_BODY = 64 * 1024 * 1024;

/** `POST /emulator/applications`: what the feed shall bring, in order. */
const changesSchema = z.object({ applications: z.array(z.union([z.object({ application: applicationSchema, withdrawn: z.boolean() }), applicationSchema.transform((application) => ({ application, withdrawn: false }))])) });
const feedQuerySchema = z.object({ after: z.string().default(''), limit: z.coerce.number().int().min(1).max(PAGE_LIMIT).default(PAGE_LIMIT) });

interface Answer {
  readonly status: number;
  readonly body: unknown;
  /** The work was done; whether the answer gets through is another matter. */
  readonly registered?: boolean;
}

const problem = (status: number, message: string): Answer => ({ status, body: { message } });

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) { // a request without an encoding gives Buffers
    size += chunk.length;
    if (size > MAX_BODY) return null;
    chunks.push(chunk);
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown;
  } catch {
    return null; // the schema that follows says what is wrong
  }
}

/** A key as it is written in a path; one that is written wrongly is taken as it is. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not percent-encoded: its own text
  }
}

function write(response: ServerResponse, { status, body }: Answer, twice: boolean): void {
  const text = JSON.stringify(body);
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text), ...(status === 503 ? { 'retry-after': '1' } : {}) };
  response.writeHead(status, headers);
  response.end(text);
  if (!twice) return;
  const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}`).join('\r\n');
  response.once('finish', () => response.socket?.write(`HTTP/1.1 ${status} Again\r\n${head}\r\n\r\n${text}`));
}

export interface RunningEmulator {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** The services of docs/asfeu-openapi.json over the emulator's memory, and `/emulator/…` for tests and the demo to steer it. */
export async function startEmulatorServer(state: EmulatorState, port: number, host = '127.0.0.1'): Promise<RunningEmulator> {
  let mode: EmulatorMode = normalMode;

  const register = async (request: IncomingMessage): Promise<Answer> => {
    const key = decoded(String(request.headers['idempotency-key'] ?? ''));
    const parsed = registrationRequestSchema.safeParse(await readBody(request));
    if (key === '') return problem(422, 'Нет заголовка Idempotency-Key');
    if (!parsed.success) return problem(422, `Обращение заполнено неверно: ${parsed.error.issues.map((issue) => issue.path.join('.')).join(', ')}`);
    if (mode.refuse) return problem(422, 'Вид обращения закрыт для регистрации');
    const { registration, isNew } = state.register(key, new Date(), mode.forgetKeys);
    return { status: isNew ? 201 : 200, body: registration, registered: true };
  };

  const serve = async (request: IncomingMessage, url: URL): Promise<Answer> => {
    if (request.method === 'POST' && url.pathname === '/appeals') return register(request);
    const key = /^\/appeals\/([^/]+)$/.exec(url.pathname)?.[1];
    if (request.method === 'GET' && key !== undefined) {
      const registration = state.find(decoded(key));
      return registration === null ? problem(404, 'Обращения с таким ключом нет') : { status: 200, body: registration };
    }
    if (request.method === 'GET' && url.pathname === '/applications') {
      const query = feedQuerySchema.safeParse(Object.fromEntries(url.searchParams));
      if (!query.success) return problem(422, 'Неверные параметры ленты');
      const page = state.feed(query.data.after, query.data.limit);
      return page === null ? problem(410, 'Такого места в ленте нет') : { status: 200, body: page };
    }
    return problem(404, 'Такой службы нет');
  };

  const steer = async (request: IncomingMessage, url: URL): Promise<Answer> => {
    if (url.pathname === '/emulator/mode' && request.method === 'GET') return { status: 200, body: mode };
    if (url.pathname === '/emulator/registrations' && request.method === 'GET') return { status: 200, body: { registrations: state.registrations() } };
    if (request.method !== 'POST') return problem(404, 'Такой команды нет');
    const body = await readBody(request);
    if (url.pathname === '/emulator/mode') {
      const parsed = emulatorModeSchema.safeParse(body);
      if (!parsed.success) return problem(422, z.prettifyError(parsed.error));
      mode = parsed.data;
      return { status: 200, body: mode };
    }
    if (url.pathname === '/emulator/applications') {
      const parsed = changesSchema.safeParse(body);
      if (!parsed.success) return problem(422, z.prettifyError(parsed.error));
      state.change(parsed.data.applications);
      return { status: 200, body: { taken: parsed.data.applications.length } };
    }
    return problem(404, 'Такой команды нет');
  };

  /** One call to the services, with the misbehaviour that is on. */
  const misbehave = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    if (mode.down) return void request.socket.destroy();
    if (mode.slow > 0) await pause(mode.slow);
    if (mode.failAlways || mode.failNext > 0) {
      if (!mode.failAlways) mode = { ...mode, failNext: mode.failNext - 1 };
      request.resume();
      return write(response, problem(503, 'Ведутся регламентные работы'), mode.answerTwice);
    }
    const answer = await serve(request, url);
    if (answer.registered === true && mode.loseAnswers > 0) {
      mode = { ...mode, loseAnswers: mode.loseAnswers - 1 };
      return void request.socket.destroy();
    }
    write(response, answer, mode.answerTwice);
  };

  const server: Server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://emulator');
    const done = url.pathname.startsWith('/emulator/') ? steer(request, url).then((answer) => write(response, answer, false)) : misbehave(request, response, url);
    done.catch((error: unknown) => {
      // The caller went away, or the disk is full: an answer of 500 if it can still be given.
      if (!response.headersSent) write(response, problem(500, `Сбой эмулятора: ${error instanceof Error ? error.message : String(error)}`), false);
      else response.destroy();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    port: address.port,
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}
