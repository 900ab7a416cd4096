import type { ReactNode } from 'react';
import { DictionaryList } from '../dictionary/dictionaries.tsx';

/** «Тексты автоответов»: the templates of automatic letters. */
export function AutoReplyList(): ReactNode {
  return <DictionaryList type="autoReply" />;
}
