import { useEffect, useState } from 'react';
import { documentTypes, type DocumentMap } from '../../../shared/domain/documents.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { listDocuments } from '../../document/document-list.tsx';
import { useDocument } from '../../document/use-document.ts';
import { onChanged } from '../../store/changes.ts';

export interface Classifier {
  readonly kinds: readonly DocumentMap['appealKind'][];
  readonly categories: readonly DocumentMap['appealCategory'][];
  readonly subtopics: readonly DocumentMap['subtopic'][];
  readonly topics: readonly DocumentMap['topic'][];
}

const empty: Classifier = { kinds: [], categories: [], subtopics: [], topics: [] };
const types = ['appealKind', 'appealCategory', 'subtopic', 'topic'] as const;

async function all<K extends (typeof types)[number]>(type: K): Promise<readonly DocumentMap[K][]> {
  const rows = await listDocuments(type, { sort: [{ column: 'code', descending: false }], limit: 1000 });
  return rows.map(({ document }) => document);
}

async function readClassifier(): Promise<Classifier> {
  const [kinds, categories, subtopics, topics] = await Promise.all([all('appealKind'), all('appealCategory'), all('subtopic'), all('topic')]);
  return { kinds, categories, subtopics, topics };
}

/** «Вид», «Категория», «Тематика», «Подтема»: short catalogues that every desk holds whole. */
export function useClassifier(): Classifier {
  const [held, setHeld] = useState(empty);
  useEffect(() => {
    let current = true;
    const read = (): void => {
      void readClassifier().then((classifier) => {
        if (current) setHeld(classifier);
      });
    };
    read();
    const stop = onChanged(types, read);
    return () => {
      current = false;
      stop();
    };
  }, []);
  return held;
}

/** What a letter's chosen entries are called, also those marked for deletion since: they are offered no more and stay where they were chosen. */
export function useChosenEntries({ kindId, categoryId, subtopicId }: IncomingEmail): { readonly kind: string | undefined; readonly category: string | undefined; readonly subtopic: string | undefined; readonly topic: string | undefined } {
  const kind = useDocument('appealKind', kindId);
  const category = useDocument('appealCategory', categoryId);
  const subtopic = useDocument('subtopic', subtopicId);
  const topic = useDocument('topic', subtopic?.document.topicId ?? null);
  return {
    kind: kind ? documentTypes.appealKind.presentation(kind.document) : undefined,
    category: category ? documentTypes.appealCategory.presentation(category.document) : undefined,
    subtopic: subtopic ? documentTypes.subtopic.presentation(subtopic.document) : undefined,
    topic: topic ? documentTypes.topic.presentation(topic.document) : undefined,
  };
}

/** Subtopics to choose from: those of the category, or all while none is chosen. */
export function subtopicsOf({ subtopics }: Classifier, categoryId: string | null): Classifier['subtopics'] {
  return categoryId === null ? subtopics : subtopics.filter((subtopic) => subtopic.categoryId === categoryId);
}

/** What a new category leaves of the chosen subtopic. */
export function withCategory({ subtopics }: Classifier, categoryId: string | null, subtopicId: string | null): { readonly categoryId: string | null; readonly subtopicId: string | null } {
  const fits = categoryId !== null && subtopics.some(({ id, categoryId: own }) => id === subtopicId && own === categoryId);
  return { categoryId, subtopicId: fits ? subtopicId : null };
}

/** A subtopic brings its category. */
export function withSubtopic({ subtopics }: Classifier, subtopicId: string | null, categoryId: string | null): { readonly categoryId: string | null; readonly subtopicId: string | null } {
  return { subtopicId, categoryId: subtopics.find(({ id }) => id === subtopicId)?.categoryId ?? categoryId };
}

/** «Тематика» of a subtopic; empty text for none. */
export function topicName({ subtopics, topics }: Classifier, subtopicId: string | null): string {
  const topicId = subtopics.find(({ id }) => id === subtopicId)?.topicId;
  return topics.find(({ id }) => id === topicId)?.name ?? '';
}
