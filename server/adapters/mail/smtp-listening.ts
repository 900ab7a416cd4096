import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import type { SMTPServer } from 'smtp-server';

export interface Listening {
  readonly port: number;
  /** False once the port is no longer listened on, for whatever reason. */
  readonly isOpen: () => boolean;
  readonly close: () => Promise<void>;
}

function explain(error: unknown, host: string, port: number): Error {
  const code = error instanceof Error && 'code' in error ? error.code : '';
  if (code === 'EADDRINUSE') return new Error(`Порт почты ${host}:${port} занят другой программой: укажите другой (--smtp-port) или освободите его.`, { cause: error });
  if (code === 'EACCES') return new Error(`Нет права слушать порт почты ${host}:${port}: укажите порт больше 1024 (--smtp-port).`, { cause: error });
  return new Error(`Не удалось открыть порт почты ${host}:${port}.`, { cause: error });
}

/** Starts an SMTP server; port 0 = any free one. Rejects with a Russian explanation if the port cannot be had. */
export async function listenOn(server: SMTPServer, host: string, port: number, log: Logger): Promise<Listening> {
  const net = await new Promise<{ readonly listening: boolean; address: () => AddressInfo | string | null }>((resolve, reject) => {
    const refused = (error: unknown): void => reject(explain(error, host, port));
    server.once('error', refused);
    const listening = server.listen(port, host, () => {
      server.off('error', refused);
      resolve(listening);
    });
  });
  // From now on errors are those of single connections: other senders are not concerned.
  server.on('error', (error: Error) => log.debug({ err: error }, 'smtp connection'));
  const address = net.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    isOpen: () => net.listening,
    close: () => new Promise((resolve) => { server.close(() => resolve()); }),
  };
}
