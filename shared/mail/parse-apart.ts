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
  /** Answers come in the order of the requests. */
  readonly onAnswer: (listener: (parsed: ParsedEmail) => void) => void;
  /** It is gone by itself. */
  readonly onEnd: (listener: () => void) => void;
  /** Nothing is heard of it any more. */
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

async function answerRequest({ raw, envelope, chosen, headOnly }: ParseRequest): Promise<ParsedEmail> {
  if (headOnly === null) return parseEmail(raw, envelope, chosen);
  try {
    return headOfEmail(raw, envelope, headOnly);
  } catch {
    return unreadableEmail(envelope, headOnly); // it says already that the letter was not read
  }
}

/** Letters handed over before the one in work is answered: the process never waits for whoever asks. Large ones go alone. */
const AHEAD = 8;
const LARGE_BYTES = 512 * 1024;

const tooLong = 'Письмо не удалось разобрать за отведённое время: откройте исходное письмо.';
const died = 'Письмо не удалось разобрать (не хватило памяти): откройте исходное письмо.';

interface Waiting {
  request: ParseRequest;
  readonly resolve: (parsed: ParsedEmail) => void;
}

/** The letters that wait, in order, and the process that takes them apart one after another. */
class ParserQueue {
  readonly #start: () => ParserProcess;
  readonly #limits: ParserLimits;
  readonly #waiting: Waiting[] = [];
  #process: ParserProcess | null = null;
  /** How many of the first that wait were handed over. */
  #sent = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(start: () => ParserProcess, limits: ParserLimits) {
    this.#start = start;
    this.#limits = limits;
  }

  add(request: ParseRequest): Promise<ParsedEmail> {
    return new Promise((resolve) => {
      this.#waiting.push({ request, resolve });
      this.#handOver();
    });
  }

  /** Ends the process; resolves when no letter waits any more. */
  async stop(): Promise<void> {
    while (this.#waiting.length > 0) await new Promise<void>((resolve) => { setTimeout(resolve, 10); });
    this.#end();
  }

  #end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#process?.kill();
    this.#process = null;
    this.#sent = 0;
  }

  #handOver(): void {
    for (;;) {
      const next = this.#waiting[this.#sent];
      const goesAlone = (waiting: Waiting | undefined): boolean => waiting !== undefined && waiting.request.raw.length > LARGE_BYTES;
      if (next === undefined || this.#sent >= AHEAD || (this.#sent > 0 && (goesAlone(next) || goesAlone(this.#waiting[0])))) return;
      const process = this.#running();
      this.#sent += 1;
      if (this.#sent === 1) this.#watch();
      process.send(next.request);
    }
  }

  #running(): ParserProcess {
    if (this.#process !== null) return this.#process;
    const process = this.#start();
    process.onAnswer((parsed) => this.#answered(parsed));
    process.onEnd(() => this.#failed(died));
    this.#process = process;
    return process;
  }

  /** The time of the letter in work begins. */
  #watch(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    const [first] = this.#waiting;
    if (first !== undefined) this.#timer = setTimeout(() => this.#failed(tooLong), first.request.headOnly === null ? this.#limits.timeMs : HEAD_TIME_MS);
    else this.#timer = setTimeout(() => this.#end(), this.#limits.idleMs).unref();
  }

  #answered(parsed: ParsedEmail): void {
    const first = this.#waiting.shift();
    this.#sent -= 1;
    this.#watch();
    first?.resolve(parsed);
    this.#handOver();
  }

  /** The process is lost over the letter in work; those that were handed over behind it go to the next one. */
  #failed(problem: string): void {
    this.#end();
    const [first] = this.#waiting;
    if (first === undefined) return;
    const { request } = first;
    if (request.headOnly === null) first.request = { ...request, headOnly: problem };
    else {
      this.#waiting.shift();
      first.resolve(unreadableEmail(request.envelope, request.headOnly));
    }
    this.#handOver();
  }
}

/**
 * Takes letters apart in a process that `start` makes, one after another. A letter that is too much for it costs that process and its own pretty
 * view: its header is read by the next one, and if even that fails the envelope is all that is told.
 */
export function parseApart(start: () => ParserProcess, limits: ParserLimits): EmailParser {
  const queue = new ParserQueue(start, limits);
  return {
    parse: (raw, envelope, chosen = null) => queue.add({ raw, envelope, chosen, headOnly: null }),
    stop: () => queue.stop(),
  };
}

/** The other side: answers requests one after another, in their order. */
export function requestAnswerer(send: (parsed: ParsedEmail) => void): (request: ParseRequest) => void {
  let turn: Promise<void> = Promise.resolve();
  return (request) => {
    turn = turn.then(async () => send(await answerRequest(request)));
  };
}
