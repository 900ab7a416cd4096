import type { KeyboardEvent, ReactNode } from 'react';
import { openClient, openClientCard } from '../store/open-client.ts';

/** A client named in another document: click or Enter shows him in «Единое окно», F2 opens his card. */
export function ClientLink({ id, children }: { readonly id: string; readonly children: ReactNode }): ReactNode {
  const keyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'F2') return;
    event.preventDefault();
    openClientCard(id);
  };
  return (
    <button type="button" className="okno-link" title="Показать в «Едином окне»; F2 — карточка" onClick={() => openClient(id)} onKeyDown={keyDown}>
      {children}
    </button>
  );
}
