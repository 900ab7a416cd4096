import { useEffect, useState } from 'react';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { listDocuments } from '../../document/document-list.tsx';
import { usePlace } from '../../document/place-context.ts';
import { onChanged } from '../../store/changes.ts';
import { closePlace, openDocument } from '../../store/places.ts';

interface Ids {
  readonly newer: string | null;
  readonly older: string | null;
}

async function neighbour({ receivedAt, mailbox }: IncomingEmail, op: 'gt' | 'lt'): Promise<string | null> {
  const [row] = await listDocuments('incomingEmail', {
    where: [{ column: 'receivedAt', op, value: receivedAt }, { column: 'mailbox', op: 'eq', value: mailbox }, { column: 'state', op: 'in', value: ['new', 'inWork', 'numbered', 'done'] }],
    sort: [{ column: 'receivedAt', descending: op === 'lt' }],
    limit: 1,
  });
  return row?.document.id ?? null;
}

/** Previous and next letters of the mailbox by time, as the journal has them: newer above. Going on closes this one unless something is typed in it. */
export function useNeighbours(email: IncomingEmail, dirty: boolean): { readonly previous: (() => void) | undefined; readonly next: (() => void) | undefined } {
  const { key } = usePlace();
  const [ids, setIds] = useState<Ids>({ newer: null, older: null });
  const { id, receivedAt, mailbox } = email;
  useEffect(() => {
    let current = true;
    const read = (): void => {
      const here = { ...email, id, receivedAt, mailbox };
      void Promise.all([neighbour(here, 'gt'), neighbour(here, 'lt')]).then(([newer, older]) => {
        if (current) setIds({ newer, older });
      });
    };
    read();
    const stop = onChanged(['incomingEmail'], read);
    return () => {
      current = false;
      stop();
    };
    // eslint-disable-next-line react/exhaustive-deps -- only its place among the others matters
  }, [id, receivedAt, mailbox]);
  const go = (target: string | null): (() => void) | undefined =>
    target === null
      ? undefined
      : () => {
          openDocument('incomingEmail', target);
          if (!dirty) void closePlace(key);
        };
  return { previous: go(ids.newer), next: go(ids.older) };
}
