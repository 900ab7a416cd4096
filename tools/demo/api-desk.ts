import { randomBytes } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import { describeRefusal, type Refusal } from '../../shared/base/errors.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import { loginResponseSchema, problemSchema, setPasswordSchema, type LoginRequest, type LoginResponse } from '../../shared/protocol/http.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { pullResponseSchema, pushResponseSchema, type Envelope, type PulledRow, type PushAnswer, type TakenNumber } from '../../shared/protocol/sync.ts';
import { protocolVersion } from '../../shared/protocol/version.ts';

/** A command to be run: `commandId` and `numbers` only where the caller wants his own. */
export interface DeskCommand {
  readonly name: string;
  readonly input: unknown;
  readonly commandId?: string;
  readonly numbers?: readonly TakenNumber[];
  readonly happenedAt?: string;
}

export type DeskSession = LoginResponse;

/** A workplace without a window: it talks to the centre exactly as a desk does. */
export interface ApiDesk {
  readonly deskId: string;
  readonly incarnation: string;
  readonly login: (login: string, password: string, more?: Partial<LoginRequest>) => Promise<DeskSession>;
  /** Pushes up to 200 at a time and answers in order; a refused command is an answer, not an error. */
  readonly push: (session: DeskSession, commands: readonly DeskCommand[], onBatch?: (done: number) => void) => Promise<readonly PushAnswer[]>;
  /** As `push`, and throws the first refusal in words. */
  readonly run: (session: DeskSession, commands: readonly DeskCommand[], onBatch?: (done: number) => void) => Promise<void>;
  /** All rows that this session's user may have, from the beginning. */
  readonly pull: (session: DeskSession) => Promise<readonly PulledRow[]>;
  /** A reader that answers what is new since its last call; all rows the first time. */
  readonly follow: (session: DeskSession) => () => Promise<readonly PulledRow[]>;
  readonly setPassword: (session: DeskSession, userId: string, password: string, oneTime?: boolean) => Promise<void>;
  /** Any other call of the API: answers the JSON, throws the problem in words. */
  readonly call: (path: string, body?: unknown, session?: DeskSession, method?: string) => Promise<unknown>;
}

/** The centre said no: `refusal` is null where it did not answer in its own words (a proxy, a crash). */
export class CentreRefusal extends Error {
  readonly status: number;
  readonly refusal: Refusal | null;

  constructor(path: string, status: number, refusal: Refusal | null, detail: string) {
    const words = refusal ? describeRefusal(refusal) : null;
    super(words ? `${words.number} ${words.text}. ${words.advice} (${path})` : `Центр ответил ${status} на ${path}: ${detail}`);
    this.name = 'CentreRefusal';
    this.status = status;
    this.refusal = refusal;
  }
}

const batchSize = 200;

async function request(server: string, path: string, body: unknown, token: string | null, method: string): Promise<unknown> {
  const response = await fetch(new URL(path, server), {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return text === '' ? null : (JSON.parse(text) as unknown);
  const problem = problemSchema.safeParse(text.startsWith('{') ? JSON.parse(text) : null);
  throw new CentreRefusal(path, response.status, problem.success ? problem.data.refusal : null, text.slice(0, 500));
}

function refusalOf(answers: readonly PushAnswer[], commands: readonly DeskCommand[]): Error | null {
  const index = answers.findIndex(({ outcome }) => outcome !== 'applied');
  const answer = answers[index];
  if (answer === undefined) return null;
  const what = answer.outcome === 'rejected' ? `${describeRefusal(answer.refusal).text} (${JSON.stringify(answer.refusal.details)})` : 'центр просит повторить позже';
  return new Error(`Команда ${commands[index]?.name ?? ''}: ${what}\n${JSON.stringify(commands[index]?.input).slice(0, 600)}`);
}

/** A new workplace of the centre at `server` (its address with http://). It enrols at its first login. */
export function apiDesk(server: string, deskName = 'Рабочее место без окна'): ApiDesk {
  const deskId = `desk-${randomBytes(12).toString('hex')}`;
  const incarnation = uuidv7();
  let seq = 0;

  const envelope = (session: DeskSession, { name, input, commandId, numbers, happenedAt }: DeskCommand): Envelope => {
    const command = commandByName(name);
    if (!command) throw new Error(`Нет команды ${name}`);
    seq += 1;
    const now = new Date().toISOString();
    // What comes from a form is JSON; the centre parses it by the command's schema.
    return { commandId: commandId ?? uuidv7(), seq, name, version: command.version, input: input as Envelope['input'], numbers: [...(numbers ?? [])], happenedAt: happenedAt ?? now, recordedAtDesk: now, grant: session.grant };
  };

  const call: ApiDesk['call'] = (path, body, session, method = body === undefined ? 'GET' : 'POST') => request(server, path, body, session?.token ?? null, method);

  const push: ApiDesk['push'] = async (session, commands, onBatch) => {
    const answers: PushAnswer[] = [];
    for (let from = 0; from < commands.length; from += batchSize) {
      const batch = commands.slice(from, from + batchSize).map((command) => envelope(session, command));
      const response = pushResponseSchema.parse(await call(paths.push, { protocol: protocolVersion, deskId, incarnation, epoch: session.epoch, commands: batch }, session));
      if (response.kind !== 'answers') throw new Error(`Центр не принял команды: ${response.kind}`);
      answers.push(...response.answers);
      onBatch?.(answers.length);
    }
    return answers;
  };

  const follow: ApiDesk['follow'] = (session) => {
    let position: { readonly epoch: string; readonly cursor: string } | null = null;
    return async () => {
      const rows: PulledRow[] = [];
      for (;;) {
        const answer = pullResponseSchema.parse(await call(paths.pull, { protocol: protocolVersion, deskId, incarnation, epoch: position?.epoch ?? null, cursor: position?.cursor ?? null, limit: 5000, highestNumbers: {} }, session));
        if (answer.kind !== 'page') throw new Error(`Центр не отдал данные: ${answer.kind}`);
        rows.push(...answer.rows);
        position = { epoch: answer.epoch, cursor: answer.cursor };
        if (!answer.more) return rows;
      }
    };
  };

  return {
    deskId,
    incarnation,
    call,
    push,
    login: async (login, password, more = {}) => loginResponseSchema.parse(await call(paths.session, { protocol: protocolVersion, login, password, deskId, deskName, ...more })),
    run: async (session, commands, onBatch) => {
      const refused = refusalOf(await push(session, commands, onBatch), commands);
      if (refused) throw refused;
    },
    pull: (session) => follow(session)(),
    follow,
    setPassword: async (session, userId, password, oneTime = false) => {
      await call(paths.setPassword, setPasswordSchema.parse({ userId, password, oneTime }), session);
    },
  };
}
