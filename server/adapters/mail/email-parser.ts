import { Worker } from 'node:worker_threads';
import { unreadableEmail, type Envelope, type ParsedEmail } from '../../../shared/mail/parse-email.ts';
import type { ParseRequest } from './parse-worker.ts';

export interface EmailParser {
  /** Takes the bytes over (their memory moves to the thread). Never rejects: a letter beyond the limits gives what its envelope tells, with the reason in `problems`. */
  readonly parse: (raw: Uint8Array<ArrayBuffer>, envelope: Envelope) => Promise<ParsedEmail>;
  readonly stop: () => Promise<void>;
}

export interface ParserLimits {
  readonly timeMs: number;
  readonly memoryMb: number;
}

/** A 50 MB letter takes about a second. */
const defaultLimits: ParserLimits = { timeMs: 60_000, memoryMb: 1024 };

interface Answer {
  readonly parsed: ParsedEmail;
  /** The thread can go on. */
  readonly alive: boolean;
}

function answerOf(worker: Worker, request: ParseRequest, timeMs: number): Promise<Answer> {
  return new Promise((resolve) => {
    const finish = (answer: Answer): void => {
      clearTimeout(timer);
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      resolve(answer);
    };
    const giveUp = (problem: string): void => {
      finish({ parsed: unreadableEmail(request.envelope, problem), alive: false });
      worker.on('error', () => undefined); // it is being ended: what else it says is of no interest
      void worker.terminate();
    };
    const timer = setTimeout(() => giveUp('Письмо разбиралось слишком долго: откройте исходное письмо.'), timeMs);
    const onMessage = (parsed: ParsedEmail): void => finish({ parsed, alive: true });
    const onError = (error: Error): void => giveUp(`Письмо не удалось разобрать (${error.message}): откройте исходное письмо.`);
    const onExit = (): void => giveUp('Письмо не удалось разобрать: откройте исходное письмо.');
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(request, [request.raw.buffer]);
  });
}

/** Letters are taken apart in one thread, one after another; the thread is started again after a letter that broke it. */
export function createEmailParser(limits: ParserLimits = defaultLimits): EmailParser {
  let worker: Worker | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const parseNow = async (raw: Uint8Array<ArrayBuffer>, envelope: Envelope): Promise<ParsedEmail> => {
    worker ??= new Worker(new URL('./parse-worker.ts', import.meta.url), { resourceLimits: { maxOldGenerationSizeMb: limits.memoryMb } });
    const { parsed, alive } = await answerOf(worker, { raw, envelope }, limits.timeMs);
    if (!alive) worker = null;
    return parsed;
  };
  return {
    parse: (raw, envelope) => {
      const turn = queue.then(() => parseNow(raw, envelope));
      queue = turn;
      return turn;
    },
    stop: async () => {
      await queue;
      await worker?.terminate();
      worker = null;
    },
  };
}
