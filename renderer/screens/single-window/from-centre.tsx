import type { ReactNode } from 'react';
import { documentTypeOf } from '../../../shared/domain/documents.ts';
import { describeRefusal, type Refusal } from '../../../shared/base/errors.ts';
import { useFromCentre } from '../../document/use-from-centre.ts';
import { DocumentFrame, Strip } from '../../ui/document-frame.tsx';
import { formatRecent } from '../../ui/format.ts';
import { EmptyState, LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { documentView, ViewBody, type ViewedType } from './document-preview.tsx';

/** Why the centre showed nothing, and what to do. */
export function NotFromCentre({ refusal, what, second }: { readonly refusal: Refusal; readonly what: string; readonly second?: 16 }): ReactNode {
  const place = second === undefined ? {} : { second };
  if (refusal.code === 'noConnection') {
    return (
      <EmptyState title={`${what} нет на этом рабочем месте`} {...place}>
        Нет связи с центром. Когда она появится, программа спросит его и покажет документ здесь сама.
      </EmptyState>
    );
  }
  if (refusal.code === 'notFound') {
    return (
      <EmptyState title={`${what} нет на этом рабочем месте`} {...place}>
        И в центре нет такого документа, который вам можно видеть: возможно, он относится к другому филиалу. Закройте его и найдите снова.
      </EmptyState>
    );
  }
  const { text, advice, number } = describeRefusal(refusal);
  return (
    <EmptyState title="Центр не показал документ" code={number} {...place}>
      {text}. {advice}
    </EmptyState>
  );
}

/** Said over everything that was read from the centre. */
export function FromCentreStrip({ readAt }: { readonly readAt: string }): ReactNode {
  return <Strip tone="neutral">Прочитано из центра в {formatRecent(readAt)}: на этом рабочем месте документа нет. Его можно смотреть; изменять — когда загрузится.</Strip>;
}

/** A document that this desk does not hold, for reading. It gives way to its own form when it arrives. */
export function DocumentFromCentre({ type, id, onClose }: { readonly type: ViewedType; readonly id: string; readonly onClose: () => void }): ReactNode {
  const answer = useFromCentre(type, id);
  const slow = useSlow(answer.state === 'asking');
  const { title } = documentTypeOf(type);
  if (answer.state !== 'read') {
    return (
      <DocumentFrame title={title} onClose={onClose}>
        {answer.state === 'asking' ? slow ? <LoadingRows /> : null : <NotFromCentre refusal={answer.refusal} what="Документа" />}
      </DocumentFrame>
    );
  }
  const view = documentView(type, answer.value.row);
  return (
    <DocumentFrame title={view.title} note={title} onClose={onClose} strip={<FromCentreStrip readAt={answer.readAt} />}>
      <ViewBody view={view} titled={false} />
    </DocumentFrame>
  );
}
