import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';

/** «Привязка адреса»: all letters from this address belong to this client (2.6.4.4, 2.6.6.8). */
export const addressLinkSchema = z.object({
  id: z.string(),
  deleted: z.boolean().optional(),
  address: z.string(),
  /** Null: «Нет» was answered, so no card with this address fills «Контакт» of later letters by itself. */
  clientId: z.string().nullable(),
  linkedBy: z.string(),
  linkedAt: z.string(),
});
export type AddressLink = z.infer<typeof addressLinkSchema>;

export const addressLink = defineDocument<AddressLink>({
  type: 'addressLink',
  title: 'Привязка адреса',
  schema: addressLinkSchema,
  presentation: ({ address }) => address,
  columns: {
    address: { kind: 'text', value: ({ address }) => address },
    clientId: { kind: 'ref', refType: 'client', value: ({ clientId }) => clientId },
  },
  indexes: { byAddress: ({ address }) => [address.toLowerCase()], byClient: ({ clientId }) => (clientId === null ? [] : [clientId]) },
  searchPlaces: ({ address }) => [{ place: 'E-mail', kind: 'email', text: address }],
  scope: () => ['role:mailSupervisor', 'role:supervisor', 'role:operator'],
});
