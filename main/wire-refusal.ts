import type { z } from 'zod';
import { OknoError, type Refusal } from '../shared/base/errors.ts';
import type { refusalSchema } from '../shared/protocol/sync.ts';
import { isStorageFault } from './db/storage-fault.ts';

export type WireRefusal = z.infer<typeof refusalSchema>;

/** A refusal in the type that schemas of the protocol infer. */
export function wireRefusal(refusal: Refusal): WireRefusal {
  return refusal as WireRefusal; // the same value; zod's JSON type only lacks `readonly`
}

/** What the other side of a call may know of an error: that the disk refuses is told, anything else unexpected is only `internal`. */
export function refusalOf(error: unknown): WireRefusal {
  return wireRefusal(error instanceof OknoError ? error.refusal : { code: isStorageFault(error) ? 'storageFailed' : 'internal', details: {} });
}
