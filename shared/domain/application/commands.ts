import { z } from 'zod';
import { sameJson } from '../../base/json.ts';
import { foldAddress } from '../../base/mail-address.ts';
import { accept, defineCommand, type Asking } from '../../base/rule-book.ts';
import { phoneDigits, type Client } from '../client/model.ts';
import { clientById } from '../incoming-email/rules.ts';
import { find, getMarked, put } from '../reads.ts';
import { applicationSchema, type Application } from './model.ts';

const onlyOne = (clients: readonly Client[]): string | null => {
  const cards = clients.filter(({ aliasOf }) => aliasOf === null);
  return cards.length === 1 ? (cards[0]?.id ?? null) : null;
};

/** Whose application it is, where АС ФЭУ does not name a client of ours: the only card with its ИНН, e-mail or phone. */
function* clientOf({ applicantInn, applicantEmail, applicantPhone }: Application): Asking<string | null> {
  if (applicantInn !== '') {
    const byInn = onlyOne(yield* find('client', 'byInn', applicantInn));
    if (byInn !== null) return byInn;
  }
  const address = foldAddress(applicantEmail);
  const byEmail = address === '' ? null : onlyOne(yield* find('client', 'byEmail', address));
  if (byEmail !== null) return byEmail;
  const digits = phoneDigits(applicantPhone);
  return digits === '' ? null : onlyOne(yield* find('client', 'byPhone', digits));
}

/** The feed of АС ФЭУ: an application as it stands there. The same state received again changes nothing; a client once found stays. */
export const receive = defineCommand({
  name: 'application.receive',
  title: 'Заявка из АС ФЭУ',
  version: 1,
  roles: 'system',
  input: z.object({ application: applicationSchema, withdrawn: z.boolean().optional() }),
  undo: null,
  *decide({ application: received, withdrawn }) {
    const before = yield* getMarked('application', received.id);
    const named = received.clientId ?? before?.clientId ?? null;
    // A merged card counts for the one it became; a name that is not known here is kept as АС ФЭУ gave it.
    const clientId = named === null ? yield* clientOf(received) : ((yield* clientById(named))?.id ?? named);
    const application: Application = { ...received, clientId, ...(withdrawn === true ? { deleted: true } : {}) };
    return sameJson(before, application) ? accept([]) : accept([put('application', application)]);
  },
});
