import { useEffect, useState } from 'react';
import type { IncomingEmail, MailAddress } from '../../../shared/domain/incoming-email/model.ts';
import { suggestedAddressees } from '../../../shared/domain/outgoing-email/draft-rules.ts';
import type { OutgoingEmail } from '../../../shared/domain/outgoing-email/model.ts';
import type { User } from '../../../shared/domain/user/model.ts';
import { listDocuments } from '../../document/document-list.tsx';

/** Forwarded letters looked at: the latest. */
const LOOKED = 500;

export interface ForwardedBefore {
  readonly outgoing: OutgoingEmail;
  readonly source: Pick<IncomingEmail, 'fromWhom' | 'classification'> | undefined;
  readonly author: Pick<User, 'branchIds'> | undefined;
}

/** Addressees of letters of the same class: first those that authors of the same branches wrote to, then the others of the class. */
export function addresseesFor(before: readonly ForwardedBefore[], email: Pick<IncomingEmail, 'fromWhom' | 'classification'>, branchIds: readonly string[]): readonly MailAddress[] {
  const ofClass = before.filter(({ source }) => source !== undefined && source.classification === email.classification && source.fromWhom === email.fromWhom);
  const ofBranch = ofClass.filter(({ author }) => author?.branchIds.some((id) => branchIds.includes(id)) === true);
  const near = suggestedAddressees(ofBranch.map(({ outgoing }) => outgoing));
  const far = suggestedAddressees(ofClass.map(({ outgoing }) => outgoing));
  return [...near, ...far.filter(({ address }) => !near.some((one) => one.address.toLowerCase() === address.toLowerCase()))];
}

async function readForwarded(): Promise<readonly ForwardedBefore[]> {
  const outgoing = (await listDocuments('outgoingEmail', { where: [{ column: 'kind', op: 'eq', value: 'forward' }, { column: 'state', op: 'in', value: ['queued', 'sent', 'unknown'] }], sort: [{ column: 'createdAt', descending: true }], limit: LOOKED })).map(({ document }) => document);
  if (outgoing.length === 0) return [];
  const [sources, authors] = await Promise.all([
    listDocuments('incomingEmail', { where: [{ column: 'id', op: 'in', value: [...new Set(outgoing.flatMap(({ incomingEmailId }) => incomingEmailId ?? []))] }], limit: LOOKED }),
    listDocuments('user', { where: [{ column: 'id', op: 'in', value: [...new Set(outgoing.map(({ authorId }) => authorId))] }], limit: LOOKED }),
  ]);
  const sourceById = new Map(sources.map(({ document }) => [document.id, document]));
  const authorById = new Map(authors.map(({ document }) => [document.id, document]));
  return outgoing.map((one) => ({ outgoing: one, source: one.incomingEmailId === null ? undefined : sourceById.get(one.incomingEmailId), author: authorById.get(one.authorId) }));
}

/** Addressees to suggest for «Кому» of a forwarded letter: those used before for its class and the user's branches. */
export function useSuggestedAddressees(email: IncomingEmail | null, branchIds: readonly string[]): readonly MailAddress[] {
  const [suggested, setSuggested] = useState<readonly MailAddress[]>([]);
  const branches = branchIds.join(' ');
  const fromWhom = email?.fromWhom ?? null;
  const classification = email?.classification ?? null;
  useEffect(() => {
    if (classification === null) return;
    let current = true;
    void readForwarded().then((before) => {
      if (current) setSuggested(addresseesFor(before, { fromWhom, classification }, branches.split(' ')));
    });
    return () => {
      current = false;
    };
  }, [fromWhom, classification, branches]);
  return suggested;
}
