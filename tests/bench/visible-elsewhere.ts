import { setTimeout as pause } from 'node:timers/promises';
import { startCentre } from '../helpers/centre.ts';
import { startProgram, type Program } from '../helpers/program.ts';
import { clientCards } from './client-cards.ts';
import { byTurns, quantile, timed, type Measurement, type Pair } from './measurement.ts';
import { openRealDesk, type RealDesk } from './real-desk.ts';

const commandsOfRound = 60;
/** Between two commands, so that each finds the exchange at rest, as a person's does. */
const restMs = 50;

/** Milliseconds until it is seen on the other side; `once` resolves then. */
async function sampled(once: () => Promise<void>): Promise<number> {
  const ms = await timed(once);
  await pause(restMs);
  return ms;
}

/** Commits at one desk; resolves when the other's list, told to read again, has the card. */
async function seen(from: RealDesk, to: RealDesk, input: { readonly client: { readonly id: string } }): Promise<void> {
  const arrived = new Promise<void>((resolve) => {
    to.onEvent = (name) => {
      if (name === 'changed' && to.desk.base.cache.get('client', input.client.id) !== null) resolve();
    };
  });
  const result = from.desk.run('client.create', input);
  if (!result.ok) throw new Error(`Not accepted: ${result.refusal.code}`);
  await arrived;
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
  const [from, to] = [await openRealDesk(centre.url, 'martynyuk'), await openRealDesk(centre.url, 'belova')];
  const nextCard = clientCards();
  const server = startProgram('tests/bench/bare-hint-server.ts', []);
  const url = `http://127.0.0.1:${await portOf(server)}/`;
  const abort = new AbortController();
  let heard: (text: string) => void = () => undefined;
  await listen(url, abort.signal, (text) => heard(text));
  const post = async (): Promise<void> => {
    const card = nextCard();
    const arrived = new Promise<void>((resolve) => {
      heard = (text) => {
        if (text.includes(card.client.id)) resolve();
      };
    });
    const answer = fetch(url, { method: 'POST', body: JSON.stringify(card) }).then((response) => response.text());
    await Promise.all([arrived, answer]);
  };
  return {
    ...byTurns({ product: () => sampled(() => seen(from, to, nextCard())), bare: () => sampled(post), samples: commandsOfRound, valueOf: (samples) => quantile(samples, 0.95) }),
    close: async () => {
      abort.abort();
      await from.close();
      await to.close();
      await server.stop();
      await centre.close();
    },
  };
}

export const visibleElsewhere: Measurement = {
  name: 'visibleElsewhere', title: 'Записано на одном рабочем месте – видно на другом, p95', unit: 'мс', goal: { side: 'atMost', ratio: 5 }, rounds: 5, open,
  productTitle: 'очередь с FULL, отправка, запись в PostgreSQL, сигнал, получение, показ',
  bareTitle: 'POST и событие SSE с той же карточкой, без хранения',
};
