import { useEffect, useState } from 'react';
import type { ContactEvent } from '../../../shared/domain/contact-event/model.ts';
import { call } from '../../bridge.ts';
import { runCommand } from '../../store/commands.ts';
import { draftValueSchema, journalDraft, removeDraft } from '../../store/drafts.ts';

export interface EventComment {
  readonly value: string;
  readonly dirty: boolean;
  readonly onChange: (value: string) => void;
  /** Writes what is typed; true if nothing is left unwritten. */
  readonly flush: () => Promise<boolean>;
}

/** The comment of a letter's event (3.6): typing is journalled, written on leaving the field and by «Сохранить». */
export function useEventComment(event: ContactEvent | null | undefined): EventComment {
  const [typed, setTyped] = useState<string | null>(null);
  const id = event?.id ?? null;
  const stored = event?.comment ?? '';
  const draftKey = `comment of ${id ?? ''}`;
  useEffect(() => {
    if (id === null) return;
    let current = true;
    void call('draft.all', {}).then((drafts) => {
      const draft = draftValueSchema.safeParse(drafts.find(({ key }) => key === `comment of ${id}`)?.value);
      if (current && draft.success && typeof draft.data.values['comment'] === 'string') setTyped(draft.data.values['comment']);
    });
    return () => {
      current = false;
    };
  }, [id]);
  const onChange = (value: string): void => {
    setTyped(value);
    if (!event) return;
    // Of the letter: after a crash the letter is open again, with the comment in it.
    journalDraft(draftKey, event.subject || 'Входящее электронное письмо', { type: event.documentType, id: event.documentId, params: {}, isNew: false, base: {}, values: { comment: value } });
  };
  const flush = async (): Promise<boolean> => {
    if (id === null || typed === null) return true;
    if (typed.trim() !== stored.trim()) {
      const answer = await runCommand('contactEvent.comment', { id, comment: typed });
      if (!answer.ok) return false;
    }
    await removeDraft(draftKey);
    return true;
  };
  useEffect(() => {
    // Written: what others write later is shown again.
    if (typed !== null && typed.trim() === stored.trim()) setTyped(null);
  }, [typed, stored]);
  return { value: typed ?? stored, dirty: typed !== null && typed.trim() !== stored.trim(), onChange, flush };
}
