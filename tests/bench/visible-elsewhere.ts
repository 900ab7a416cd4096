import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { startCentre } from '../helpers/centre.ts';
import { startProgram, type Program } from '../helpers/program.ts';
import { clientCards } from './client-cards.ts';
import { byTurns, quantile, type Measurement, type Pair } from './measurement.ts';
import { openRealDesk, type RealDesk } from './real-desk.ts';

type Card = ReturnType<ReturnType<typeof clientCards>>;

const commandsOfRound = 60;
/** Between two commands, so that each finds the exchange at rest, as a person's does. */
const restMs = 50;

type How = 'product' | 'bare';

/** Milliseconds from the moment at which the other began to write the card until `arrived`. */
async function sampled(writer: Worker, how: How, card: Card, arrived: Promise<void>): Promise<number> {
  const said = once(writer, 'message');
  writer.postMessage({ how, card });
  await arrived;
  const seenAt = process.hrtime.bigint();
  const [began] = await said;
  await pause(restMs);
  return Number(seenAt - BigInt(z.string().parse(began))) / 1e6;
}

/** Resolves when the desk's list, told to read again, has the card. */
function seen(desk: RealDesk, { client }: Card): Promise<void> {
  return new Promise((resolve) => {
    desk.onEvent = (name) => {
      if (name === 'changed' && desk.desk.base.cache.get('client', client.id) !== null) resolve();
    };
  });
}

async function portOf(program: Program): Promise<number> {
  for (;;) {
    const port = /ready (\d+)/.exec(program.output())?.[1];
    if (port !== undefined) return Number(port);
    if (program.hasEnded()) throw new Error(program.output());
    await pause(20);
  }
}

/** Reads a stream of events; `said` is called with each. */
async function listen(url: string, abort: AbortSignal, said: (text: string) => void): Promise<void> {
  const response = await fetch(url, { signal: abort });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  await reader?.read(); // its first word: it listens
  const pump = async (): Promise<void> => {
    for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) said(part.value);
  };
  pump().catch((error: unknown) => {
    if (!abort.aborted) throw error;
  });
}

async function open(): Promise<Pair> {
  const centre = await startCentre();
  const desk = await openRealDesk(centre.url, 'belova');
  const nextCard = clientCards();
  const server = startProgram('tests/bench/bare-hint-server.ts', []);
  const url = `http://127.0.0.1:${await portOf(server)}/`;
  const abort = new AbortController();
  let heard: (text: string) => void = () => undefined;
  await listen(url, abort.signal, (text) => heard(text));
  const writer = new Worker(new URL('other-machine.ts', import.meta.url), { workerData: { centre: centre.url, bare: url } });
  await once(writer, 'message');
  const product = (): Promise<number> => {
    const card = nextCard();
    return sampled(writer, 'product', card, seen(desk, card));
  };
  const bare = (): Promise<number> => {
    const card = nextCard();
    const arrived = new Promise<void>((resolve) => {
      heard = (text) => {
        if (text.includes(card.client.id)) resolve();
      };
    });
    return sampled(writer, 'bare', card, arrived);
  };
  return {
    ...byTurns({ product, bare, samples: commandsOfRound, valueOf: (samples) => quantile(samples, 0.95) }),
    close: async () => {
      abort.abort();
      const ended = once(writer, 'exit');
      writer.postMessage({ how: 'close' });
      await ended;
      await desk.close();
      await server.stop();
      await centre.close();
    },
  };
}

export const visibleElsewhere: Measurement = {
  name: 'visibleElsewhere', title: 'Записано на одном рабочем месте – видно на другом, p95', unit: 'мс', goal: { side: 'atMost', ratio: 5 }, rounds: 5, open,
  productTitle: 'очередь с FULL, отправка, запись в PostgreSQL, страница, показ',
  bareTitle: 'POST и событие SSE с той же карточкой, без хранения',
};
