import { foldedWords } from '../../base/fold.ts';
import { foldAddress } from '../../base/mail-address.ts';
import type { Asking } from '../../base/rule-book.ts';
import { clientById } from '../incoming-email/rules.ts';
import { applicationNumbersIn, innsIn, personNameOf, phonesIn, type PersonName } from '../incoming-email/text-rules.ts';
import type { IncomingEmail } from '../incoming-email/model.ts';
import { findAll } from '../reads.ts';
import { phoneDigits, type Client } from './model.ts';
import { phoneE164 } from './phone-rules.ts';

/** By what a client was found: the column «Строки поиска» (2.6.4.3). */
export type Matched = 'email' | 'name' | 'phone' | 'applicationNumber' | 'inn' | 'ogrn' | 'birthDate' | 'addressLink';

export interface ClientMatch {
  readonly client: Client;
  readonly matched: readonly Matched[];
}

/** Clients with what they were found by, those with more matches first. A merged card counts for the one it became. */
class Matches {
  readonly #found = new Map<string, { client: Client; matched: Set<Matched> }>();

  *add(clients: readonly Client[], matched: Matched): Asking<void> {
    for (const found of clients) {
      const client = found.aliasOf === null ? found : yield* clientById(found.id);
      if (client === null) continue;
      const entry = this.#found.get(client.id) ?? { client, matched: new Set() };
      entry.matched.add(matched);
      this.#found.set(client.id, entry);
    }
  }

  list(): readonly ClientMatch[] {
    const all = [...this.#found.values()].map(({ client, matched }) => ({ client, matched: [...matched] }));
    return all.toSorted((a, b) => b.matched.length - a.matched.length || (a.client.id < b.client.id ? -1 : 1));
  }
}

const nameKey = (text: string): string => foldedWords(text).join(' ');

/** The keys of «Наименование» under which a ФИО is found: as a person and as a sole trader; none without a patronymic or a first name. */
function nameKeys({ lastName, firstName, middleName }: PersonName): readonly string[] {
  if (lastName === '' || firstName === '' || middleName === '') return [];
  const key = nameKey(`${lastName} ${firstName} ${middleName}`);
  return [key, `ип ${key}`];
}

/**
 * The clients that a letter may be from (2.6.4): by its address and ФИО [S], by phone, ИНН and application number found in its text. Run it
 * with the driver of the store: `driveSync(clientCandidates(email), read => …)`.
 */
export function* clientCandidates(email: IncomingEmail): Asking<readonly ClientMatch[]> {
  const matches = new Matches();
  const address = foldAddress(email.from.address);
  if (address !== '') {
    for (const { clientId } of yield* findAll('addressLink', 'byAddress', [address])) {
      const linked = clientId === null ? null : yield* clientById(clientId);
      if (linked !== null) yield* matches.add([linked], 'addressLink');
    }
    yield* matches.add(yield* findAll('client', 'byEmail', [address]), 'email');
  }
  yield* matches.add(yield* findAll('client', 'byName', nameKeys(personNameOf(email))), 'name');
  yield* matches.add(yield* findAll('client', 'byPhone', phonesIn(email.text).map(phoneDigits)), 'phone');
  yield* matches.add(yield* findAll('client', 'byInn', innsIn(email.text)), 'inn');
  const applications = yield* findAll('application', 'byNumber', applicationNumbersIn(`${email.subject}\n${email.text}`));
  for (const clientId of new Set(applications.flatMap((application) => application.clientId ?? []))) {
    const owner = yield* clientById(clientId);
    if (owner !== null) yield* matches.add([owner], 'applicationNumber');
  }
  return matches.list();
}

/** The exact doubles of a card being written (2.6.6.9): same e-mail, phone, ИНН, ОГРН or name; the birth date counts beside the name. */
export function* clientDoubles(card: Client): Asking<readonly ClientMatch[]> {
  const matches = new Matches();
  const phones = card.phones.map(({ typed }) => phoneDigits(phoneE164(typed) ?? typed)).filter((digits) => digits !== '');
  yield* matches.add(yield* findAll('client', 'byEmail', card.emails.map(({ address }) => foldAddress(address)).filter((address) => address !== '')), 'email');
  yield* matches.add(yield* findAll('client', 'byPhone', phones), 'phone');
  yield* matches.add(yield* findAll('client', 'byInn', card.inn === '' ? [] : [card.inn]), 'inn');
  yield* matches.add(yield* findAll('client', 'byOgrn', card.ogrn === '' ? [] : [card.ogrn]), 'ogrn');
  const sameName = card.name === '' ? [] : yield* findAll('client', 'byName', [nameKey(card.name)]);
  yield* matches.add(sameName, 'name');
  yield* matches.add(sameName.filter(({ birthDate }) => birthDate !== '' && birthDate === card.birthDate), 'birthDate');
  return matches.list().filter(({ client }) => client.id !== card.id);
}
