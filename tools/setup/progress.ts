import process from 'node:process';

/** A step of the set-up that did not work out: what failed, and what the person can do about it (both Russian). */
export class SetupError extends Error {
  readonly advice: string;
  constructor(message: string, advice: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SetupError';
    this.advice = advice;
  }
}

const heartbeatMs = 5_000;

function seconds(sinceMs: number): string {
  return `${((Date.now() - sinceMs) / 1000).toFixed(1).replace('.', ',')} с`;
}

/** Runs one long step, saying that it began, every five seconds that it goes on, and how long it took. */
export async function step<T>(title: string, work: (say: (text: string) => void) => Promise<T>): Promise<T> {
  const started = Date.now();
  console.log(`▸ ${title}`);
  let detail = '';
  const heartbeat = setInterval(() => console.log(`  … ${detail === '' ? 'идёт' : detail}, ${seconds(started)}`), heartbeatMs);
  try {
    const result = await work((text) => {
      detail = text;
    });
    console.log(`  готово за ${seconds(started)}`);
    return result;
  } finally {
    clearInterval(heartbeat);
  }
}

/** Prints a failure as text for a person and ends the process with code 1. */
export function failWith(error: unknown): never {
  if (error instanceof SetupError) {
    console.error(`\n✗ ${error.message}\n  Что делать: ${error.advice}`);
    if (error.cause instanceof Error) console.error(`  Причина: ${error.cause.message}`);
  } else {
    console.error('\n✗ Непредвиденная ошибка:', error);
  }
  process.exit(1);
}
