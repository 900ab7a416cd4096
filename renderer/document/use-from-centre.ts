import { useEffect, useState } from 'react';
import type { DocumentName } from '../../shared/domain/documents.ts';
import { refusal, type Refusal } from '../../shared/base/errors.ts';
import { call } from '../bridge.ts';
import { useConnection } from '../store/connection.ts';
import { rowOf, type DocumentRow } from './rows.ts';

/** What the centre says of something that this desk does not hold. */
export type FromCentre<T> = { readonly state: 'asking' } | { readonly state: 'read'; readonly value: T; readonly readAt: string } | { readonly state: 'refused'; readonly refusal: Refusal };

/** Asks the centre once for each question, and again when the link is back; null asks nothing. */
export function useAtCentre<T extends { readonly readAt: string }>(question: string | null, ask: () => Promise<{ readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal }>): FromCentre<T> {
  const [held, setHeld] = useState<{ readonly question: string; readonly answer: FromCentre<T> } | null>(null);
  const isOnLine = useConnection(({ connection }) => connection?.state !== 'offLine');
  useEffect(() => {
    if (question === null) return;
    let current = true;
    const show = (answer: FromCentre<T>): void => {
      if (current) setHeld({ question, answer });
    };
    ask().then(
      (answer) => show(answer.ok ? { state: 'read', value: answer.value, readAt: answer.value.readAt } : { state: 'refused', refusal: answer.refusal }),
      () => show({ state: 'refused', refusal: refusal('internal') }),
    );
    return () => {
      current = false;
    };
    // `question` says when `ask` asks something else
  }, [question, isOnLine]); // eslint-disable-line react-hooks/exhaustive-deps -- as said above
  return held !== null && held.question === question ? held.answer : { state: 'asking' };
}

/** A document that this desk does not hold, as the centre has it. */
export function useFromCentre<K extends DocumentName>(type: K, id: string): FromCentre<{ readonly row: DocumentRow<K>; readonly readAt: string }> {
  return useAtCentre(`${type} ${id}`, async () => {
    const answer = await call('document.fetch', { type, id });
    return answer.ok ? { ok: true, value: { ...answer.value, row: rowOf<K>(answer.value.row) } } : answer;
  });
}
