import { useEffect, useRef, useState } from 'react';
import type { ContactEvent } from '../../../shared/domain/contact-event/model.ts';
import { call } from '../../bridge.ts';
import { runCommand } from '../../store/commands.ts';

const PAUSE_MS = 300;

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
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const id = event?.id ?? null;
  const stored = event?.comment ?? '';
  const draftKey = `comment of ${id ?? ''}`;
  useEffect(() => {
    if (id === null) return;
    let current = true;
    void call('draft.all', {}).then((drafts) => {
      const draft = drafts.find(({ key }) => key === `comment of ${id}`);
      if (current && typeof draft?.value === 'string') setTyped(draft.value);
    });
    return () => {
      current = false;
    };
  }, [id]);
  const onChange = (value: string): void => {
    setTyped(value);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => void call('draft.save', { key: draftKey, title: 'Комментарий к событию', value }), PAUSE_MS);
  };
  const flush = async (): Promise<boolean> => {
    clearTimeout(timer.current);
    if (id === null || typed === null) return true;
    if (typed.trim() !== stored.trim()) {
      const answer = await runCommand('contactEvent.comment', { id, comment: typed });
      if (!answer.ok) return false;
    }
    await call('draft.remove', { key: draftKey });
    return true;
  };
  useEffect(() => {
    // Written: what others write later is shown again.
    if (typed !== null && typed.trim() === stored.trim()) setTyped(null);
  }, [typed, stored]);
  return { value: typed ?? stored, dirty: typed !== null && typed.trim() !== stored.trim(), onChange, flush };
}
