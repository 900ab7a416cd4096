import { headOfEmail, parseEmail, unreadableEmail, type Envelope, type ParsedEmail } from './parse-email.ts';

/** What the process that takes letters apart is asked. */
export interface ParseRequest {
  readonly raw: Uint8Array;
  readonly envelope: Envelope;
  /** The charset a person reads the letter in; null leaves it to the program. */
  readonly chosen: string | null;
  /** Why its body is not looked at: only the header is read then. Null for the whole letter. */
  readonly headOnly: string | null;
}

/** A process of its own: whatever a letter does to it, whoever asked goes on. */
export interface ParserProcess {
  readonly send: (request: ParseRequest) => void;
  readonly onAnswer: (listener: (parsed: ParsedEmail) => void) => void;
  /** It is gone, by itself or killed. */
  readonly onEnd: (listener: () => void) => void;
  readonly kill: () => void;
}

export interface EmailParser {
  /** Never rejects: a letter beyond the limits gives what its header tells, with the reason in `problems`. */
  readonly parse: (raw: Uint8Array, envelope: Envelope, chosen?: string | null) => Promise<ParsedEmail>;
  readonly stop: () => Promise<void>;
}

export interface ParserLimits {
  readonly timeMs: number;
  /** The process ends after so long without a letter: at rest it costs nothing. */
  readonly idleMs: number;
}

/** Reading a header takes some milliseconds; the process that does it has to start first. */
const HEAD_TIME_MS = 20_000;

/** What the process does with a request. Never rejects. */
export async function answerRequest({ raw, envelope, chosen, headOnly }: ParseRequest): Promise<ParsedEmail> {
  if (headOnly === null) return parseEmail(raw, envelope, chosen);
  try {
    return headOfEmail(raw, envelope, headOnly);
  } catch {
    return unreadableEmail(envelope, headOnly); // it says already that the letter was not read
  }
}

/** Text that came instead of an answer says why there is none. */
function ask(process: ParserProcess, request: ParseRequest, timeMs: number): Promise<ParsedEmail | string> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve('Письмо не удалось разобрать за отведённое время: откройте исходное письмо.');
      process.kill();
    }, timeMs);
    const finish = (answer: ParsedEmail | string): void => {
      clearTimeout(timer);
      resolve(answer);
    };
    process.onAnswer(finish);
    process.onEnd(() => finish('Письмо не удалось разобрать (не хватило памяти): откройте исходное письмо.'));
    process.send(request);
  });
}

/**
 * Takes letters apart in a process that `start` makes, one after another. A letter that is too much for it costs that process and its own pretty
 * view: its header is read by the next one, and if even that fails the envelope is all that is told.
 */
export function parseApart(start: () => ParserProcess, { timeMs, idleMs }: ParserLimits): EmailParser {
  let process: ParserProcess | null = null;
  let idle: NodeJS.Timeout | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const end = (): void => {
    process?.kill();
    process = null;
  };
  const askOne = async (request: ParseRequest, patienceMs: number): Promise<ParsedEmail | string> => {
    process ??= start();
    const answer = await ask(process, request, patienceMs);
    if (typeof answer === 'string') end();
    return answer;
  };
  const parseNow = async (raw: Uint8Array, envelope: Envelope, chosen: string | null): Promise<ParsedEmail> => {
    if (idle !== null) clearTimeout(idle);
    const whole = await askOne({ raw, envelope, chosen, headOnly: null }, timeMs);
    const parsed = typeof whole === 'string' ? await askOne({ raw, envelope, chosen: null, headOnly: whole }, HEAD_TIME_MS) : whole;
    idle = setTimeout(end, idleMs);
    idle.unref();
    return typeof parsed === 'string' ? unreadableEmail(envelope, typeof whole === 'string' ? whole : parsed) : parsed;
  };
  return {
    parse: (raw, envelope, chosen = null) => {
      const turn = queue.then(() => parseNow(raw, envelope, chosen));
      queue = turn.catch(() => undefined); // the one who asked is told
      return turn;
    },
    stop: async () => {
      await queue;
      if (idle !== null) clearTimeout(idle);
      end();
    },
  };
}
