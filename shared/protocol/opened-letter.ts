import { z } from 'zod';
import { attachmentSchema, invitationSchema, letterSignatureSchema, mailAddressSchema } from '../domain/incoming-email/model.ts';

/** A letter that came as a file of another one, taken apart at the desk. It is no document: nobody works on it. */
export const openedLetterSchema = z.object({
  from: mailAddressSchema,
  to: z.array(mailAddressSchema),
  cc: z.array(mailAddressSchema),
  subject: z.string(),
  sentAt: z.string().nullable(),
  text: z.string(),
  /** As it came; null for a letter of text alone. */
  html: z.string().nullable(),
  /** Its files, kept at this desk from now on. */
  attachments: z.array(attachmentSchema),
  problems: z.array(z.string()),
  signatures: z.array(letterSignatureSchema),
  invitation: invitationSchema.nullable(),
});
export type OpenedLetter = z.infer<typeof openedLetterSchema>;
