import path from 'node:path';
import { utilityProcess } from 'electron';
import { parseApart, type EmailParser, type ParserProcess } from '../../shared/mail/parse-apart.ts';
import type { ParsedEmail } from '../../shared/mail/parse-email.ts';

/** A person waits: a letter of 50 MB takes some seconds. */
const limits = { timeMs: 30_000, idleMs: 60_000 } as const;
const memoryMb = 512;

function startProcess(): ParserProcess {
  const child = utilityProcess.fork(path.join(import.meta.dirname, 'letter-process.js'), [], { execArgv: [`--max-old-space-size=${memoryMb}`], env: {}, stdio: 'ignore', serviceName: 'Разбор писем' });
  let isOver = false;
  return {
    send: (request) => child.postMessage(request),
    onAnswer: (listener) => {
      child.on('message', (parsed) => {
        if (!isOver) listener(parsed as ParsedEmail); // only letter-process.ts speaks on this line
      });
    },
    onEnd: (listener) => {
      child.once('exit', () => {
        if (!isOver) listener();
        isOver = true;
      });
    },
    kill: () => {
      isOver = true;
      child.kill();
    },
  };
}

/** Takes letters apart beside the program, for «Исправить кодировку» and for letters within letters. */
export function createLetterParser(): EmailParser {
  return parseApart(startProcess, limits);
}
