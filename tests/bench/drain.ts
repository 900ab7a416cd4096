import { loginAs } from '../helpers/small-company.ts';
import { startCentre } from '../helpers/centre.ts';
import { TestDesk } from '../server/running-centre.ts';
import { apiDesk } from '../../tools/demo/api-desk.ts';
import { clientCards } from './client-cards.ts';
import { timed, type Measurement, type Pair } from './measurement.ts';

const queued = 2_000;
/** As the desk sends: main/sync/desk-engine.ts. */
const batch = 200;

async function open(): Promise<Pair> {
  const centre = await startCentre();
  const login = apiDesk(centre.url, 'Измерения');
  const session = await loginAs(login, 'martynyuk');
  const desk = new TestDesk(centre.url, login.deskId, session.token, session.grant);
  const nextCard = clientCards();
  const drained = async (size: number): Promise<number> => {
    const commands = Array.from({ length: queued }, () => desk.envelope('client.create', nextCard()));
    const ms = await timed(async () => {
      for (let from = 0; from < queued; from += size) {
        const outcomes = await desk.outcomes(...commands.slice(from, from + size));
        const refused = outcomes.find((outcome) => outcome !== 'applied');
        if (refused !== undefined) throw new Error(`Not applied: ${refused}`);
      }
    });
    return (queued * 1_000) / ms;
  };
  return { product: () => drained(batch), bare: () => drained(1), close: () => centre.close() };
}

export const drain: Measurement = {
  name: 'drain', title: 'Отправка очереди из 2 000 команд', unit: 'команд/с', goal: { side: 'atLeast', ratio: 5 }, rounds: 3, warmUp: false, open,
  productTitle: 'по 200 в запросе',
  bareTitle: 'по одной в запросе',
};
