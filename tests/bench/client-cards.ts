import { demoClients } from '../../tools/demo/clients.ts';
import { seededRandom } from '../../tools/demo/seeded-random.ts';

const demo = () => demoClients(seededRandom(7), 2_000).map(({ client }) => client);

/** Ids that the cards name: their documents have to exist. */
export function namedByCards(): Readonly<Record<'branches' | 'businessRegions' | 'managers', ReadonlySet<string>>> {
  const cards = demo();
  return {
    branches: new Set(cards.flatMap(({ branchIds }) => branchIds)),
    businessRegions: new Set(cards.flatMap(({ businessRegionId }) => businessRegionId ?? [])),
    managers: new Set(cards.flatMap(({ managerId }) => managerId ?? [])),
  };
}

/** Inputs of `client.create`, each another card under an id of its own; as varied as the demo's clients. */
export function clientCards(): () => { readonly client: { readonly id: string }; readonly link: null } {
  const cards = demo();
  let taken = 0;
  return () => {
    const card = cards[taken++ % cards.length];
    if (card === undefined) throw new Error('The demo has no clients');
    return { client: { ...card, id: crypto.randomUUID() }, link: null };
  };
}
