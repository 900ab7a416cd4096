import { Worker } from 'node:worker_threads';
import type { Rekey } from './db/snapshot-file.ts';

/** `Rekey` in a thread of its own. `script`: where main/rekey-worker is. */
export function rekeyThread(script: URL, nativeBinding: string | undefined): Rekey {
  return (order) =>
    new Promise((resolve, reject) => {
      const worker = new Worker(script, { workerData: { ...order, nativeBinding: nativeBinding ?? null } });
      worker.once('error', reject);
      worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The thread that enciphers ended with ${code}`))));
    });
}
