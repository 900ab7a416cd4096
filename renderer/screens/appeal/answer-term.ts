import { useEffect, useState } from 'react';
import { driveAsync, type Read, type ReadAnswer } from '../../../shared/base/rule-book.ts';
import { answerTerm } from '../../../shared/domain/appeal/rules.ts';
import type { Term } from '../../../shared/domain/rule/rules.ts';
import { call } from '../../bridge.ts';
import { listDocuments } from '../../document/document-list.tsx';

const catalogueLimit = 1000;

/** The two catalogues that the term asks of the local base: the kind by id, «Регламент» by the name of the rule. */
async function answered(read: Read): Promise<ReadAnswer> {
  if (read.kind === 'get') return ((await call('document.get', { type: read.type, id: read.id }))?.document ?? null) as ReadAnswer; // the local base holds documents parsed by the type's schema
  if (read.kind === 'find' && read.type === 'rule') return (await listDocuments('rule', { where: [{ column: 'ruleId', op: 'eq', value: read.key }], limit: catalogueLimit })).map(({ document }) => document);
  throw new Error(`The term of an answer does not ask ${JSON.stringify(read)}`);
}

/** «Срок ответа» as it will be if the appeal is written now; null while it is read, or where it cannot be told. */
export function useAnswerTerm(kindId: string, from: string): Term | null {
  const [term, setTerm] = useState<Term | null>(null);
  useEffect(() => {
    let current = true;
    driveAsync(answerTerm(kindId, from), (reads) => Promise.all(reads.map(answered))).then(
      (value) => current && setTerm(value),
      () => current && setTerm(null),
    );
    return () => {
      current = false;
    };
  }, [kindId, from]);
  return term;
}
