import { goTo, openDocument } from './places.ts';

/** Shows a client in «Единое окно»: who he is and all that concerns him. */
export function openClient(clientId: string): void {
  goTo('singleWindow', { clientId });
}

/** Opens the card of a client. */
export function openClientCard(clientId: string): void {
  openDocument('client', clientId);
}

/** Opens the comparison of cards to be merged; the first one is kept unless another is chosen. */
export function openClientMerge([first = '', ...others]: readonly string[]): void {
  openDocument('clientMerge', first, { others: others.join(' ') });
}

/** Opens a new card, prefilled with what was typed. */
export function createClientCard(typed = ''): void {
  openDocument('client', crypto.randomUUID(), { kind: 'new', ...(typed === '' ? {} : { typed }) });
}
