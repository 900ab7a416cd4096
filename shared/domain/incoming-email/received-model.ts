import { z } from 'zod';
import { incomingEmailSchema } from './model.ts';

/** A letter as the intake read it: all that comes from the .eml itself. The rest of `incomingEmail` is the rules' to fill. */
export const receivedEmailSchema = incomingEmailSchema.pick({
  id: true,
  mailbox: true,
  mailboxId: true,
  receivedAt: true,
  sentAt: true,
  messageId: true,
  inReplyTo: true,
  references: true,
  from: true,
  replyTo: true,
  returnPath: true,
  to: true,
  cc: true,
  subject: true,
  text: true,
  htmlFileId: true,
  rawFileId: true,
  rawSize: true,
  attachments: true,
  problems: true,
  signatures: true,
  invitation: true,
  automation: true,
});
export type ReceivedEmail = z.infer<typeof receivedEmailSchema>;

/** What a delivery report (DSN) says of one letter of ours: its Message-ID without brackets, whose mailbox, why. */
export const deliveryReportSchema = z.object({ originalMessageId: z.string().nullable(), recipient: z.string(), reason: z.string() });
export type DeliveryReport = z.infer<typeof deliveryReportSchema>;
