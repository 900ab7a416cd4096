import { useEffect, useState } from 'react';
import type { CallAnswer } from '../../../shared/protocol/ipc.ts';
import { call } from '../../bridge.ts';
import { listDocuments } from '../../document/document-list.tsx';
import type { DocumentRow } from '../../document/rows.ts';
import { onChanged } from '../../store/changes.ts';

/** Reads again when documents of these types change; null while it is read the first time. */
export function useFollowed<T>(read: () => Promise<T>, question: string, types: readonly string[]): T | null {
  const [held, setHeld] = useState<{ readonly question: string; readonly value: T } | null>(null);
  const followed = types.join(' ');
  useEffect(() => {
    let current = true;
    const again = (): void => {
      void read().then((value) => {
        if (current) setHeld({ question, value });
      });
    };
    again();
    const stop = onChanged(followed.split(' '), again);
    return () => {
      current = false;
      stop();
    };
    // `question` says when `read` asks something else
  }, [question, followed]); // eslint-disable-line react-hooks/exhaustive-deps -- as said above
  return held?.question === question ? held.value : null;
}

/** Documents of one type that belong to this client, newest first: also those that name a card merged into his. */
export function useOfClient<K extends 'application' | 'appeal'>(type: K, clientId: string, newest: string): readonly DocumentRow<K>[] | null {
  return useFollowed(() => listDocuments(type, { where: [{ column: 'clientId', op: 'eq', value: clientId }], sort: [{ column: newest, descending: true }], limit: 500 }), `${type} ${clientId}`, [type, 'client']);
}

/** Everything of the client that this desk holds, newest first; null while it is read. */
export function useClientHistory(clientId: string): CallAnswer<'client.history'> | null {
  return useFollowed(() => call('client.history', { clientId }), clientId, ['incomingEmail', 'outgoingEmail', 'appeal', 'application', 'contactEvent', 'client']);
}

/** Files of all that belongs to the client, newest first; null while they are read. */
export function useClientFiles(clientId: string): CallAnswer<'client.files'> | null {
  return useFollowed(() => call('client.files', { clientId }), `files ${clientId}`, ['incomingEmail', 'outgoingEmail', 'appeal', 'client']);
}
