import { z } from 'zod';

/** How АС ФЭУ misbehaves on demand (`POST /emulator/mode`; what is not named goes back to normal). */
export const emulatorModeSchema = z.strictObject({
  /** Each answer waits so long, ms. */
  slow: z.number().int().min(0).max(600_000).default(0),
  /** So many next calls answer 503 and do nothing. */
  failNext: z.number().int().min(0).default(0),
  /** Every call answers 503. */
  failAlways: z.boolean().default(false),
  /** Each answer is written to the connection twice. */
  answerTwice: z.boolean().default(false),
  /** So many next registrations are done, but the connection is dropped instead of answering. */
  loseAnswers: z.number().int().min(0).default(0),
  /** Connections are closed without a word. */
  down: z.boolean().default(false),
  /** Every registration is refused (422). */
  refuse: z.boolean().default(false),
  /** The base knows no keys: a repeated registration makes a second appeal. */
  forgetKeys: z.boolean().default(false),
});
export type EmulatorMode = z.infer<typeof emulatorModeSchema>;

export const normalMode: EmulatorMode = emulatorModeSchema.parse({});
