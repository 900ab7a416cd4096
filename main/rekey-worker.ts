import { parentPort, workerData } from 'node:worker_threads';
import { z } from 'zod';
import { rekeyFile } from './db/rekey-file.ts';

/** A thread that gives one file another key and ends: minutes of enciphering that nobody waits for. */
const orderSchema = z.object({ file: z.string(), from: z.instanceof(Uint8Array), to: z.instanceof(Uint8Array), nativeBinding: z.string().nullable() });

const { nativeBinding, ...order } = orderSchema.parse(workerData);
rekeyFile({ ...order, nativeBinding: nativeBinding ?? undefined });
parentPort?.postMessage('done');
