import { useState, type ReactNode } from 'react';
import { useNotAllowed } from '../../store/commands.ts';
import type { LetterMass } from './letter-mass.ts';
import { FinishDialog, type NoAnswer } from './finish-dialog.tsx';
import { ReassignDialog } from './reassign-dialog.tsx';

/** What this user may do with many letters, and the questions to whom they go and why they get no answer. Render `dialog` once. */
export function useLetterMass(): { readonly options: Pick<LetterMass<unknown>, 'denied' | 'chooseUser' | 'chooseReason'>; readonly dialog: ReactNode } {
  const [asked, setAsked] = useState<{ readonly count: number; readonly answer: (userId: string | null) => void } | null>(null);
  const denied = {
    take: useNotAllowed('incomingEmail.take'),
    giveBack: useNotAllowed('incomingEmail.returnToQueue'),
    reassign: useNotAllowed('incomingEmail.reassign'),
    spam: useNotAllowed('incomingEmail.markSpam'),
    unspam: useNotAllowed('incomingEmail.unmarkSpam'),
    restore: useNotAllowed('incomingEmail.restore'),
    finish: useNotAllowed('incomingEmail.finish'),
  };
  const chooseUser = (count: number): Promise<string | null> => new Promise((resolve) => setAsked({ count, answer: resolve }));
  const close = (userId: string | null): void => {
    setAsked(null);
    asked?.answer(userId);
  };
  const [finishing, setFinishing] = useState<{ readonly count: number; readonly answer: (said: NoAnswer | null) => void } | null>(null);
  const chooseReason = (count: number): Promise<NoAnswer | null> => new Promise((resolve) => setFinishing({ count, answer: resolve }));
  const finish = (said: NoAnswer | null): void => {
    setFinishing(null);
    finishing?.answer(said);
  };
  return {
    options: { denied, chooseUser, chooseReason },
    dialog: (
      <>
        {asked === null ? null : <ReassignDialog count={asked.count} holderId={null} onChosen={close} onClose={() => close(null)} />}
        {finishing === null ? null : <FinishDialog count={finishing.count} onFinish={finish} onClose={() => finish(null)} />}
      </>
    ),
  };
}
