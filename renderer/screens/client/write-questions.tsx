import { useRef, useState, type ReactNode } from 'react';
import type { Client } from '../../../shared/domain/client/model.ts';
import { completedClient } from '../../../shared/domain/client/rules.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import type { CallArgs, Candidate } from '../../../shared/protocol/ipc.ts';
import { call } from '../../bridge.ts';
import { runCommand } from '../../store/commands.ts';
import { removeDraft } from '../../store/drafts.ts';
import { dropForm } from '../../store/open-forms.ts';
import { dropPlace, openDocument } from '../../store/places.ts';
import { useQuestion, type Question } from '../../ui/dialog.tsx';
import { DoublesDialog, type DoublesAnswer } from './doubles-dialog.tsx';

/** Whether the letter alone is tied to the client, or all later ones of its address too. */
type Link = 'this' | 'later';

interface WriteQuestions {
  /** True: write the new card. */
  readonly confirm: (values: Client) => Promise<boolean>;
  /** The answer about the letter, for the command that writes. */
  readonly link: () => Link;
  readonly dialogs: ReactNode;
}

/** What is asked before a new card is written: doubles first (2.6.6.9), then the letters of the address (2.6.6.8). */
export function useWriteQuestions(placeKey: string, email: IncomingEmail | null): WriteQuestions {
  const { ask, question } = useQuestion();
  const [asked, setAsked] = useState<{ readonly found: readonly Candidate[]; readonly answer: (answer: DoublesAnswer) => void } | null>(null);
  const link = useRef<Link>('this');

  const askDoubles = async (values: Client): Promise<DoublesAnswer> => {
    const { merged: _neverOfNew, ...card } = completedClient(values);
    const emails = card.emails.map(({ kind = '', ...email }) => ({ ...email, kind }));
    const client: CallArgs<'client.doubles'>['client'] = { ...card, emails, deleted: false };
    const found = await call('client.doubles', { client });
    if (found.length === 0) return { kind: 'new' };
    return new Promise((resolve) => {
      setAsked({
        found,
        answer: (answer) => {
          setAsked(null);
          resolve(answer);
        },
      });
    });
  };
  const askLink = async (): Promise<boolean> => {
    link.current = 'this';
    if (email === null || email.from.address === '') return true;
    const answer = await ask(linkQuestion(email.from.address));
    link.current = answer === 'later' ? 'later' : 'this';
    return answer !== null;
  };
  const choose = async (client: Client): Promise<void> => {
    if (email !== null) {
      if (!(await askLink())) return;
      const tied = await runCommand('incomingEmail.chooseClient', { id: email.id, clientId: client.id, link: link.current }, { said: `Контакт: ${client.name}` });
      if (!tied.ok) return;
    }
    // The new card is discarded: nothing of it is kept, there is nothing to ask about.
    await removeDraft(placeKey);
    dropForm(placeKey);
    dropPlace(placeKey);
    if (email === null) openDocument('client', client.id);
  };
  const confirm = async (values: Client): Promise<boolean> => {
    const answer = await askDoubles(values);
    if (answer.kind === 'chosen') await choose(answer.client);
    return answer.kind === 'new' && (await askLink());
  };
  return {
    confirm,
    link: () => link.current,
    dialogs: (
      <>
        {asked === null ? null : <DoublesDialog found={asked.found} onAnswer={asked.answer} />}
        {question}
      </>
    ),
  };
}

function linkQuestion(address: string): Question {
  return {
    title: 'Связать с контактом все письма от данного e-mail?',
    text: `E-mail ${address}.`,
    answers: [
      { id: 'later', label: 'Да', does: 'это письмо и все, которые придут с этого адреса' },
      { id: 'this', label: 'Нет', letter: 'Н', does: 'только это письмо' },
    ],
  };
}
