import { demoClients } from '../../tools/demo/clients.ts';
import { seededRandom } from '../../tools/demo/seeded-random.ts';

/** Inputs of `client.create`, each another card under an id of its own; as varied as the demo's clients. */
export function clientCards(): () => { readonly client: { readonly id: string }; readonly link: null } {
  const cards = demoClients(seededRandom(7), 2_000).map(({ client }) => client);
  let taken = 0;
  return () => {
    const card = cards[taken++ % cards.length];
    if (card === undefined) throw new Error('The demo has no clients');
    return { client: { ...card, id: crypto.randomUUID() }, link: null };
  };
}
