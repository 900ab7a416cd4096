import { useEffect, useMemo, useState } from 'react';
import type { Candidate } from '../../../shared/protocol/ipc.ts';
import { call } from '../../bridge.ts';
import { onChanged } from '../../store/changes.ts';
import { wantedOf, type Wanted } from './matched-places.ts';

export interface Candidates {
  /** Null while they are read. */
  readonly list: readonly Candidate[] | null;
  readonly wanted: Wanted;
}

/** The possible clients of a letter, read again when cards, links or applications change. */
export function useCandidates(incomingEmailId: string): Candidates {
  const [list, setList] = useState<readonly Candidate[] | null>(null);
  useEffect(() => {
    let current = true;
    const read = (): void => {
      void call('client.candidates', { incomingEmailId }).then((found) => {
        // The same answer keeps its identity: marks in the letter are not made anew.
        if (current) setList((held) => (JSON.stringify(held) === JSON.stringify(found) ? held : found));
      });
    };
    read();
    const stop = onChanged(['client', 'addressLink', 'application'], read);
    return () => {
      current = false;
      stop();
    };
  }, [incomingEmailId]);
  const wanted = useMemo(() => wantedOf(list ?? []), [list]);
  return { list, wanted };
}
