import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { openRealDesk } from './real-desk.ts';

/**
 * The one who writes, in a thread of his own as each desk's files and exchange are: what he does after the commit (his answer, its sync, his own
 * page) is not done by the thread of the one who reads. Answers each card with the moment at which its writing began, nanoseconds.
 */
const { centre, bare } = z.object({ centre: z.string(), bare: z.string() }).parse(workerData);
const desk = await openRealDesk(centre, 'martynyuk');

function write(card: unknown): string {
  const began = process.hrtime.bigint();
  const result = desk.desk.run('client.create', card);
  if (!result.ok) throw new Error(`Not accepted: ${result.refusal.code}`);
  return String(began);
}

function post(card: unknown): string {
  const began = process.hrtime.bigint();
  void fetch(bare, { method: 'POST', body: JSON.stringify(card) }).then((response) => response.text());
  return String(began);
}

parentPort?.on('message', (message: { readonly how: 'product' | 'bare' | 'close'; readonly card: unknown }) => {
  if (message.how === 'close') void desk.close().then(() => parentPort?.close());
  else parentPort?.postMessage(message.how === 'product' ? write(message.card) : post(message.card));
});
parentPort?.postMessage('ready');
