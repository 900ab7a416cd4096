import { useEffect, useState, type ReactNode } from 'react';
import { mailSettingsId } from '../../../shared/domain/mail-settings/model.ts';
import { conversationMoves } from '../../../shared/domain/outgoing-email/conversation-rules.ts';
import { forwardDraft, newDraft, replyAllDraft, replyDraft, type OutgoingDraft } from '../../../shared/domain/outgoing-email/draft-rules.ts';
import type { OutgoingEmail } from '../../../shared/domain/outgoing-email/model.ts';
import type { IncomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { call } from '../../bridge.ts';
import { usePlace } from '../../document/place-context.ts';
import { rowOf } from '../../document/rows.ts';
import { dropPlace } from '../../store/places.ts';
import { useUser } from '../../store/session.ts';
import { DocumentFrame } from '../../ui/document-frame.tsx';
import { EmptyState, LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { readConversation } from '../incoming-email/conversation-tab.tsx';
import { OutgoingEditor } from './outgoing-editor.tsx';
import { outgoingFromDraft } from './outgoing-view.ts';

/** What the form begins with: the document if it is stored, else a draft made from the letter. */
interface Beginning {
  readonly initial: OutgoingEmail | null;
  readonly source: IncomingEmail | null;
}

async function stored<K extends 'incomingEmail' | 'outgoingEmail' | 'appeal' | 'mailSettings'>(type: K, id: string | null) {
  const row = id === null ? null : await call('document.get', { type, id });
  return row === null ? null : rowOf<K>(row).document;
}

async function draftFor(source: IncomingEmail | null, { kind, all, to }: Readonly<Record<string, string>>): Promise<OutgoingDraft> {
  if (source === null) return to === undefined ? newDraft() : { ...newDraft(), to: [{ name: '', address: to }] };
  if (kind === 'reply') return all === 'true' ? replyAllDraft(source, await stored('mailSettings', mailSettingsId)) : replyDraft(source);
  return forwardDraft(source, await stored('appeal', source.appealId));
}

async function begin(id: string, params: Readonly<Record<string, string>>, authorId: string): Promise<Beginning> {
  const existing = await stored('outgoingEmail', id);
  const source = await stored('incomingEmail', existing?.incomingEmailId ?? params['incomingEmailId'] ?? null);
  if (existing !== null || params['kind'] === undefined) return { initial: null, source };
  const draft = await draftFor(source, params);
  // What is there now is before the writer's eyes; what comes later he is told of at «Отправить».
  const known = source === null ? [] : conversationMoves(await readConversation(source.conversationId)).map(({ key }) => key);
  return { initial: outgoingFromDraft(draft, { id, authorId, createdAt: new Date().toISOString(), source, known }), source };
}

/** «Исходящее электронное письмо»: opened from a letter (`kind`, `incomingEmailId`, `all`), new (`kind`: new, `to`), or stored. */
export function OutgoingEmailForm(): ReactNode {
  const { key, params } = usePlace();
  const { userId } = useUser();
  const id = params['id'] ?? '';
  const [beginning, setBeginning] = useState<Beginning | 'failed' | null>(null);
  const asked = JSON.stringify(params);
  useEffect(() => {
    let current = true;
    begin(id, JSON.parse(asked) as Readonly<Record<string, string>>, userId).then(
      (value) => current && setBeginning((held) => held ?? value),
      () => current && setBeginning('failed'),
    ); // written a few lines above
    return () => {
      current = false;
    };
  }, [id, asked, userId]);
  const slow = useSlow(beginning === null);
  const leave = (): void => dropPlace(key);
  if (beginning === null || beginning === 'failed') {
    return (
      <DocumentFrame title="Исходящее электронное письмо" onClose={leave}>
        {beginning === 'failed' ? <EmptyState title="Письмо не прочитано">Закройте его и откройте снова. Введённое раньше не потеряно.</EmptyState> : slow ? <LoadingRows /> : null}
      </DocumentFrame>
    );
  }
  return <OutgoingEditor id={id} initial={beginning.initial} source={beginning.source} />;
}
