import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { parseApart, type EmailParser, type ParserLimits, type ParserProcess } from '../../../shared/mail/parse-apart.ts';
import type { ParsedEmail } from '../../../shared/mail/parse-email.ts';

interface CentreLimits extends ParserLimits {
  /** Of the process's own heap. */
  readonly memoryMb: number;
}

/** A letter of 50 MB takes about a second. */
const defaultLimits: CentreLimits = { timeMs: 60_000, idleMs: 300_000, memoryMb: 1024 };

/** A process, not a thread: out of memory, a thread takes the whole centre with it. */
function startProcess(memoryMb: number): ParserProcess {
  const child = fork(fileURLToPath(new URL('./parse-process.ts', import.meta.url)), [], {
    execArgv: [`--max-old-space-size=${memoryMb}`],
    env: { PATH: process.env['PATH'] }, // nothing that is secret, nothing that would change how it runs
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let isOver = false;
  return {
    send: (request) => child.send(request, (error) => {
      if (error !== null) child.emit('exit'); // the line is broken: it is as good as gone
    }),
    onAnswer: (listener) => {
      child.on('message', (parsed) => {
        if (!isOver) listener(parsed as ParsedEmail); // only parse-process.ts speaks on this line
      });
    },
    onEnd: (listener) => {
      const end = (): void => {
        if (isOver) return;
        isOver = true;
        listener();
      };
      child.once('exit', end).once('error', end);
    },
    kill: () => {
      isOver = true;
      child.on('error', () => undefined); // it is being ended: what else it says is of no interest
      child.kill('SIGKILL');
    },
  };
}

/** Takes letters apart in a process of its own with limits of time and memory. */
export function createEmailParser({ timeMs, idleMs, memoryMb }: CentreLimits = defaultLimits): EmailParser {
  return parseApart(() => startProcess(memoryMb), { timeMs, idleMs });
}
