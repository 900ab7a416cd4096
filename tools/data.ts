import process from 'node:process';
import { parseArgs } from 'node:util';
import { failWith, SetupError } from './setup/progress.ts';
import { writeCompany } from './data/write-company.ts';

const usage = 'npm run data -- --server ПАПКА [--clients N] [--seed N]';
const mostClients = 10_000_000;

function whole(text: string | undefined, name: string, otherwise: number, most: number): number {
  if (text === undefined) return otherwise;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1 || value > most) throw new SetupError(`«${name}» – целое число от 1 до ${most.toLocaleString('ru-RU')}, а дано «${text}».`, usage);
  return value;
}

/** `npm run data`: a company of a million clients in the data folder of a centre that does not run now. */
try {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args: process.argv.slice(2), options: { clients: text, seed: text, server: text } });
  if (values.server === undefined || values.server === '') throw new SetupError('Не сказано, куда писать.', usage);
  const began = Date.now();
  const clients = whole(values.clients, '--clients', 1_000_000, mostClients);
  const documents = await writeCompany({ data: values.server, clients, seed: whole(values.seed, '--seed', 1, 2 ** 31), say: (line) => console.log(line) });
  console.log(`Готово за ${Math.round((Date.now() - began) / 1_000)} с: ${documents.toLocaleString('ru-RU')} документов. Запуск: npm run server -- --data ${values.server}`);
} catch (error) {
  failWith(error);
}
