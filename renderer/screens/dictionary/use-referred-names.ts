import { useEffect, useState } from 'react';
import type { DictionaryName } from '../../../shared/domain/dictionary/commands.ts';
import { documentTypes, type DocumentName } from '../../../shared/domain/documents.ts';
import { listDocuments } from '../../document/document-list.tsx';
import { onChanged } from '../../store/changes.ts';
import { dictionaryViews } from './dictionary-fields.ts';

const MOST = 1000;

/** Types that a catalogue points at by fields which are no columns of the type: a list has no presentations for them. */
export function unlistedTypes(type: DictionaryName): readonly DocumentName[] {
  return dictionaryViews[type].fields.flatMap((field) => (field.kind === 'ref' && !Object.hasOwn(documentTypes[type].columns, field.name) ? [field.refType] : []));
}

async function namesOf(type: DocumentName): Promise<readonly (readonly [string, string])[]> {
  const present = documentTypes[type].presentation as (document: { readonly id: string }) => string; // given documents of the type only
  return (await listDocuments(type, { limit: MOST })).map(({ document }) => [document.id, present(document)] as const);
}

/** Names of all entries of these catalogues by id, followed: for lists whose rows point at them by fields that are no columns. */
export function useReferredNames(types: readonly DocumentName[]): Readonly<Record<string, string>> {
  const [names, setNames] = useState<Readonly<Record<string, string>>>({});
  const asked = JSON.stringify(types);
  useEffect(() => {
    const wanted = JSON.parse(asked) as readonly DocumentName[]; // written one line above
    if (wanted.length === 0) return;
    let current = true;
    const read = (): void => {
      void Promise.all(wanted.map(namesOf)).then((found) => {
        if (current) setNames(Object.fromEntries(found.flat()));
      });
    };
    read();
    const stop = onChanged(wanted, read);
    return () => {
      current = false;
      stop();
    };
  }, [asked]);
  return names;
}
