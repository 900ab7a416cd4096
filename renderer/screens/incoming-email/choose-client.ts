import { foldAddress } from '../../../shared/base/mail-address.ts';
import { client as clientType } from '../../../shared/domain/client/model.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { call } from '../../bridge.ts';
import { listDocuments } from '../../document/document-list.tsx';
import { rowOf } from '../../document/rows.ts';
import { runCommand } from '../../store/commands.ts';
import { openDocument } from '../../store/places.ts';
import type { Question } from '../../ui/dialog.tsx';
import { plural } from '../../ui/format.ts';

/** «Наименование» of a card; null if it is not on this computer. */
export async function clientName(id: string): Promise<string | null> {
  const row = await call('document.get', { type: 'client', id });
  return row === null ? null : clientType.presentation(rowOf<'client'>(row).document);
}

/** How many other letters of the address «Да» would tie: those not from a consumer keep «Контакт» empty. */
export async function otherEmailsOf({ id, from }: Pick<IncomingEmail, 'id' | 'from'>): Promise<number> {
  const rows = await listDocuments('incomingEmail', { where: [{ column: 'address', op: 'eq', value: foldAddress(from.address) }, { column: 'id', op: 'ne', value: id }], limit: 1000 });
  return rows.filter(({ document }) => document.fromWhom !== 'notConsumer').length;
}

/** «Связать ли все письма с данным электронным адресом?» (2.6.4.4). */
export function linkQuestion(address: string, clientName: string, earlier: number): Question {
  const tied = earlier === 0 ? 'это письмо и все следующие' : `это письмо, ${earlier} ${plural(earlier, 'прежнее', 'прежних', 'прежних')} и все следующие`;
  return {
    title: 'Связать ли все письма с данным электронным адресом?',
    text: `Адрес ${address}, клиент ${clientName}.`,
    answers: [
      { id: 'all', label: 'Да', does: tied },
      { id: 'this', label: 'Нет', letter: 'Н', does: 'только это письмо' },
    ],
  };
}

/** Asks and ties; false if the user thought better of it. A letter whose sender could not be read is tied alone. */
export async function chooseClient(email: IncomingEmail, client: { readonly id: string; readonly name: string }, ask: (question: Question) => Promise<string | null>): Promise<boolean> {
  const { address } = email.from;
  const answer = address === '' ? 'this' : await ask(linkQuestion(address, client.name, await otherEmailsOf(email)));
  if (answer === null) return false;
  const result = await runCommand('incomingEmail.chooseClient', { id: email.id, clientId: client.id, link: answer }, { said: `Контакт: ${client.name}` });
  return result.ok;
}

/** «Создать клиента» (2.6.6): a new card, prefilled from the letter and tied to it on writing. */
export function createClient(incomingEmailId: string): void {
  openDocument('client', crypto.randomUUID(), { incomingEmailId });
}
