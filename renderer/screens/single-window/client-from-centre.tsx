import { useEffect, useState, type ReactNode } from 'react';
import { call } from '../../bridge.ts';
import { useAtCentre, useFromCentre } from '../../document/use-from-centre.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState, LoadingRows, useSlow } from '../../ui/state-message.tsx';
import { ClientSummary } from './client-summary.tsx';
import { FromCentreStrip, NotFromCentre } from './from-centre.tsx';
import { HistorySection, type HistoryFilter } from './history-section.tsx';

/** A client whom this desk does not hold, as the centre has him: who he is and all that concerns him, for reading. The access log tells of it. */
export function ClientFromCentre({ id, onClose }: { readonly id: string; readonly onClose: () => void }): ReactNode {
  const client = useFromCentre('client', id);
  const history = useAtCentre(`history ${id}`, () => call('client.centreHistory', { clientId: id }));
  const [filter, setFilter] = useState<HistoryFilter>('all');
  const slow = useSlow(client.state === 'asking');
  const isShown = client.state === 'read';
  useEffect(() => {
    if (isShown) void call('client.opened', { clientId: id });
  }, [id, isShown]);
  if (client.state === 'asking') return slow ? <LoadingRows /> : null;
  if (client.state === 'refused') {
    return (
      <div className="single-window">
        <NotFromCentre refusal={client.refusal} what="Карточки" second={16} />
        <div className="from-centre-close">
          <Button onClick={onClose}>Закрыть</Button>
        </div>
      </div>
    );
  }
  const { row } = client.value;
  return (
    <div className="single-window">
      <ClientSummary row={row} onClose={onClose} />
      <FromCentreStrip readAt={client.readAt} />
      <div className="from-centre-history">
        {history.state === 'refused' ? (
          <EmptyState title="История не прочитана" second={16}>Центр не ответил. Когда связь появится, программа спросит его снова.</EmptyState>
        ) : (
          <HistorySection clientId={id} owner={row.document.name} history={history.state === 'read' ? history.value.rows : null} filter={filter} onFilter={setFilter} />
        )}
      </div>
    </div>
  );
}
