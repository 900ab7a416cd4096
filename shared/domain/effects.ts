import { z } from 'zod';

/** What the centre does outside. Payloads name documents; their content is read when the effect runs. */
export const effectPayloads = {
  sendEmail: z.object({ outgoingEmailId: z.string() }),
  registerAppeal: z.object({ appealId: z.string() }),
} as const;

export type EffectKind = keyof typeof effectPayloads;
export type EffectPayload<K extends EffectKind> = z.infer<(typeof effectPayloads)[K]>;

/** waits → runs → done | failed (a person may repeat) | unknown (a person decides) | cancelled. */
export const effectStateSchema = z.enum(['waits', 'runs', 'done', 'failed', 'unknown', 'cancelled']);
export type EffectState = z.infer<typeof effectStateSchema>;
