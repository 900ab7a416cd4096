import type { ReactNode } from 'react';
import { documentTypes, type DocumentName } from '../../../shared/domain/documents.ts';
import type { Appeal } from '../../../shared/domain/appeal/model.ts';
import { useDocument } from '../../document/use-document.ts';
import { ReadonlyField, Section } from '../../ui/field.tsx';

/** The presentation of a document named by its id, read from the local base. */
export function Named<K extends DocumentName>({ type, id }: { readonly type: K; readonly id: string | null }): ReactNode {
  const row = useDocument(type, id === '' ? null : id);
  if (row === undefined) return '';
  return row === null ? <span className="okno-text2">не указано</span> : documentTypes[type].presentation(row.document);
}

/** Вид, Категория, Тематика, Подтема come from the letter and cannot be changed (2.10.1.1.a). */
export function Classification({ appeal }: { readonly appeal: Appeal }): ReactNode {
  return (
    <Section title="Классификация">
      <ReadonlyField label="Вид обращения"><Named type="appealKind" id={appeal.kindId} /></ReadonlyField>
      <ReadonlyField label="Категория"><Named type="appealCategory" id={appeal.categoryId} /></ReadonlyField>
      <ReadonlyField label="Тематика"><Named type="topic" id={appeal.topicId} /></ReadonlyField>
      <ReadonlyField label="Подтема"><Named type="subtopic" id={appeal.subtopicId} /></ReadonlyField>
    </Section>
  );
}
