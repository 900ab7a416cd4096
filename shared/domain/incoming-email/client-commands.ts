import { z } from 'zod';
import { idSource, type NewId } from '../../base/id-source.ts';
import { foldAddress } from '../../base/mail-address.ts';
import { refusal } from '../../base/errors.ts';
import { accept, defineCommand, refuse } from '../../base/rule-book.ts';
import { keptApart, linkOfAddress } from '../address-link/rules.ts';
import { find } from '../reads.ts';
import { mailRoles } from './commands.ts';
import { clientById, emailInWork, withClient } from './rules.ts';

/**
 * 2.6.4.3–2.6.4.5: the client chosen in the window «Клиенты». `this` = this letter only; `later` = this and all later ones (2.6.6.8);
 * `all` = the earlier letters of the address too (2.6.4.4), but for those not from a consumer: their «Контакт» is never filled.
 */
export const chooseClient = defineCommand({
  name: 'incomingEmail.chooseClient',
  title: 'Выбрать клиента',
  version: 1,
  roles: mailRoles,
  input: z.object({ id: z.string().min(1), clientId: z.string().min(1), link: z.enum(['this', 'later', 'all']) }),
  undo: null,
  *decide({ id, clientId, link }, context) {
    const email = yield* emailInWork(id, context);
    if ('refusal' in email) return email;
    if (email.fromWhom === 'notConsumer') return refuse(refusal('notConsumer'));
    const client = yield* clientById(clientId);
    if (client === null) return refuse(refusal('notFound'));
    const address = foldAddress(email.from.address);
    const newId: NewId = idSource(context);
    const links = link === 'this' ? yield* keptApart(address, client, newId, context) : yield* linkOfAddress(address, client.id, newId, context);
    const others = link === 'all' && address !== '' ? (yield* find('incomingEmail', 'byAddress', address)).filter((other) => other.id !== id && other.fromWhom !== 'notConsumer') : [];
    return accept([...links, ...(yield* withClient([email, ...others], client.id))]);
  },
});
