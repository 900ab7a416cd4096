import { z } from 'zod';
import { defineDocument } from '../../base/document-type.ts';

export const autoReplyKindSchema = z.enum(['number', 'appeal', 'spam']);
export type AutoReplyKind = z.infer<typeof autoReplyKindSchema>;
export const autoReplyKindTitles: Readonly<Record<AutoReplyKind, string>> = {
  number: 'Первый отбойник: номер письма',
  appeal: 'Второй отбойник: номер обращения',
  spam: 'Письмо принято за спам',
};

/** «Тексты автоответов». Places in braces: {номер}, {номер обращения}, {ШК}, {тема}, {дата}. */
export const autoReplySchema = z.object({ id: z.string(), deleted: z.boolean().optional(), kind: autoReplyKindSchema, subject: z.string(), text: z.string() });
export type AutoReply = z.infer<typeof autoReplySchema>;

export const autoReply = defineDocument<AutoReply>({
  type: 'autoReply',
  title: 'Текст автоответа',
  schema: autoReplySchema,
  presentation: ({ kind }) => autoReplyKindTitles[kind],
  columns: { kind: { kind: 'code', value: ({ kind }) => kind }, subject: { kind: 'text', value: ({ subject }) => subject } },
  indexes: { byKind: ({ kind }) => [kind] },
  searchPlaces: ({ subject, text }) => [
    { place: 'Тема', kind: 'text', text: subject },
    { place: 'Текст', kind: 'text', text },
  ],
  scope: () => ['all'],
});
