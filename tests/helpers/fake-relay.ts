import { createServer, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** What a relay does with the next letter; after the last entry it accepts. */
export type RelayBehaviour =
  | 'accept'
  /** The connection breaks when the letter has come whole, before the answer. It is kept all the same. */
  | 'dropAfterDot'
  /** The connection breaks in the middle of the letter. */
  | 'dropInData'
  /** The connection breaks at DATA. */
  | 'dropBeforeData'
  /** 451 to the recipient. */
  | 'later'
  /** 451 after the dot. */
  | 'laterAfterDot'
  /** 550 to the recipient. */
  | 'refuse'
  /** 550 to every recipient but the first. */
  | 'refuseSecond'
  /** 554 after the dot. */
  | 'refuseAfterDot'
  /** Silence after the dot. */
  | 'silentAfterDot';

export interface RelayedLetter {
  /** MAIL FROM; empty for the empty path. */
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
}

export interface FakeRelay {
  readonly port: number;
  readonly url: string;
  /** Letters that came whole, whatever was answered. */
  readonly letters: RelayedLetter[];
  /** What to do with the next letters, in order. */
  readonly behave: (...behaviours: RelayBehaviour[]) => void;
  readonly stop: () => Promise<void>;
}

/** A relay written by hand on a bare socket, so that it can do what no decent server does. */
export async function startFakeRelay(): Promise<FakeRelay> {
  const letters: RelayedLetter[] = [];
  const plan: RelayBehaviour[] = [];
  const sockets = new Set<Socket>();

  const serve = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    const behaviour = plan.shift() ?? 'accept';
    let from = '';
    let to: string[] = [];
    let inData = false;
    let buffer = '';
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    const afterDot = (raw: string): void => {
      letters.push({ from, to, raw });
      if (behaviour === 'dropAfterDot') socket.destroy();
      else if (behaviour === 'laterAfterDot') say('451 4.3.0 Try again later');
      else if (behaviour === 'refuseAfterDot') say('554 5.6.0 Content refused');
      else if (behaviour !== 'silentAfterDot') say('250 2.0.0 Ok: queued as TEST');
    };
    const command = (line: string): void => {
      const verb = line.slice(0, 4).toUpperCase();
      if (verb === 'EHLO') return say('250 relay.example');
      if (verb === 'MAIL') {
        from = /<(.*?)>/.exec(line)?.[1] ?? '';
        return say('250 2.1.0 Ok');
      }
      if (verb === 'RCPT') {
        if (behaviour === 'later') return say('451 4.7.1 Greylisted, try again later');
        if (behaviour === 'refuse') return say('550 5.1.1 No such user here');
        if (behaviour === 'refuseSecond' && to.length > 0) return say('550 5.1.1 No such user here');
        to = [...to, /<(.*?)>/.exec(line)?.[1] ?? ''];
        return say('250 2.1.5 Ok');
      }
      if (verb === 'DATA') {
        if (behaviour === 'dropBeforeData') return void socket.destroy();
        if (to.length === 0) return say('503 5.5.1 No recipients');
        inData = true;
        return say('354 End data with <CR><LF>.<CR><LF>');
      }
      if (verb === 'QUIT') {
        say('221 2.0.0 Bye');
        return void socket.end();
      }
      say('250 2.0.0 Ok');
    };
    socket.on('data', (chunk: Buffer) => {
      buffer += chunk.toString('latin1');
      for (;;) {
        if (inData) {
          if (behaviour === 'dropInData' && buffer.length > 0) return void socket.destroy();
          const end = buffer.indexOf('\r\n.\r\n');
          if (end < 0) return;
          const raw = buffer.slice(0, end + 2);
          buffer = buffer.slice(end + 5);
          inData = false;
          afterDot(raw.replace(/^\.\./gm, '.'));
          continue;
        }
        const end = buffer.indexOf('\r\n');
        if (end < 0) return;
        const line = buffer.slice(0, end);
        buffer = buffer.slice(end + 2);
        command(line);
      }
    });
    say('220 relay.example ESMTP');
  };
  const server = createServer(serve);
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  return {
    port,
    url: `smtp://127.0.0.1:${port}`,
    letters,
    behave: (...behaviours) => void plan.push(...behaviours),
    stop: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    }),
  };
}
