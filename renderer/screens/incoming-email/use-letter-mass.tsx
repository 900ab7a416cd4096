import { useState, type ReactNode } from 'react';
import { useNotAllowed } from '../../store/commands.ts';
import type { LetterMass } from './letter-mass.ts';
import { ReassignDialog } from './reassign-dialog.tsx';

/** What this user may do with many letters, and the question to whom they go. Render `dialog` once. */
export function useLetterMass(): { readonly options: Pick<LetterMass<unknown>, 'denied' | 'chooseUser'>; readonly dialog: ReactNode } {
  const [asked, setAsked] = useState<{ readonly count: number; readonly answer: (userId: string | null) => void } | null>(null);
  const denied = {
    take: useNotAllowed('incomingEmail.take'),
    giveBack: useNotAllowed('incomingEmail.returnToQueue'),
    reassign: useNotAllowed('incomingEmail.reassign'),
    spam: useNotAllowed('incomingEmail.markSpam'),
    unspam: useNotAllowed('incomingEmail.unmarkSpam'),
    restore: useNotAllowed('incomingEmail.restore'),
  };
  const chooseUser = (count: number): Promise<string | null> => new Promise((resolve) => setAsked({ count, answer: resolve }));
  const close = (userId: string | null): void => {
    setAsked(null);
    asked?.answer(userId);
  };
  return { options: { denied, chooseUser }, dialog: asked === null ? null : <ReassignDialog count={asked.count} holderId={null} onChosen={close} onClose={() => close(null)} /> };
}
