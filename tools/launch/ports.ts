import net from 'node:net';
import { SetupError } from '../setup/progress.ts';

const loopback = '127.0.0.1';

/** A port that can be listened on now: the given one, or, for 0, any. Undefined when it is taken. */
function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(undefined));
    server.listen(port, loopback, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : undefined));
    });
  });
}

/** The port to listen on: the one asked for by a flag or none other; otherwise the usual one, or any free one when that is taken. */
export async function choosePort(options: { readonly flag: string; readonly asked: string | undefined; readonly usual: number }): Promise<number> {
  if (options.asked !== undefined) {
    const port = Number(options.asked);
    const free = Number.isInteger(port) && port >= 0 && port < 65_536 ? await tryPort(port) : undefined;
    if (free === undefined) throw new SetupError(`Порт ${options.asked} занят или неверен.`, `укажите другой: --${options.flag} N`);
    return free;
  }
  const usual = await tryPort(options.usual);
  if (usual !== undefined) return usual;
  const other = await tryPort(0);
  if (other === undefined) throw new SetupError('Нет ни одного свободного порта.', 'закройте лишние программы и повторите команду.');
  console.log(`Порт ${options.usual} занят, беру ${other} (свой задаётся флагом --${options.flag})`);
  return other;
}
