import { z } from 'zod';

/** What the worker thread is told when it starts. */
export const workerDataSchema = z.object({
  /** The profile's folder. */
  folder: z.string(),
  /** Base address of the central API. */
  server: z.url(),
  /** Certificates (PEM) of authorities that are trusted besides those known to the program. */
  authorities: z.array(z.string()),
  /** Compiled SQLite module for a runtime that does not take the package's own one. */
  nativeBinding: z.string().nullable(),
});
export type WorkerData = z.infer<typeof workerDataSchema>;
