import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';

/** «Фильтры электронных писем»: one black-listed address. Taking it off the list marks it deleted. */
export const mailFilterSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  address: z.string(),
  reason: z.string(),
  addedBy: z.string(),
  addedAt: z.string(),
  /** The letter that was marked «Спам», if it came from one. */
  incomingEmailId: z.string().nullable(),
});
export type MailFilter = z.infer<typeof mailFilterSchema>;

export const mailFilter = defineDocument<MailFilter>({
  type: 'mailFilter',
  title: 'Фильтр электронных писем',
  schema: mailFilterSchema,
  presentation: ({ address }) => address,
  columns: {
    address: { kind: 'text', value: ({ address }) => address },
    reason: { kind: 'text', value: ({ reason }) => reason },
    addedAt: { kind: 'time', value: ({ addedAt }) => addedAt },
    addedBy: { kind: 'ref', refType: 'user', value: ({ addedBy }) => addedBy },
  },
  indexes: { byAddress: ({ address }) => [address.toLowerCase()] },
  searchPlaces: ({ address, reason }) => [
    { place: 'E-mail', kind: 'email', text: address },
    { place: 'Причина', kind: 'text', text: reason },
  ],
  scope: () => ['role:mailSupervisor', 'role:supervisor', 'role:administrator'],
});
