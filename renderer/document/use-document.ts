import { useEffect, useState } from 'react';
import type { DocumentName } from '../../shared/domain/documents.ts';
import { call } from '../bridge.ts';
import { onChanged } from '../store/changes.ts';
import { rowOf, type DocumentRow } from './rows.ts';

/** One document of the local base, followed: undefined while it is read, null if it is not there. */
export function useDocument<K extends DocumentName>(type: K, id: string | null): DocumentRow<K> | null | undefined {
  const [held, setHeld] = useState<{ readonly id: string; readonly row: DocumentRow<K> | null }>();
  useEffect(() => {
    if (id === null) return;
    let current = true;
    const read = (): void => {
      void call('document.get', { type, id }).then((row) => {
        if (current) setHeld({ id, row: row === null ? null : rowOf<K>(row) });
      });
    };
    read();
    const stop = onChanged([type], read);
    return () => {
      current = false;
      stop();
    };
  }, [type, id]);
  if (id === null) return null;
  return held?.id === id ? held.row : undefined;
}
