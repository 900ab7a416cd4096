import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** The wire between a desk and the centre, which a test can cut. */
export interface Link {
  readonly port: number;
  readonly url: string;
  /** As a pulled cable: open connections die, new ones are refused. */
  readonly cut: () => void;
  readonly restore: () => void;
  /** What the desk sends arrives, but the next `count` answers do not: the connection dies instead. */
  readonly loseAnswers: (count: number) => void;
  /**
   * The next connection on which the desk sends `text` stands still: on the way there (`request`: the centre never gets it) or on the way back (`answer`:
   * the centre has done it). Resolves when it does; that connection stays so until it dies.
   */
  readonly hold: (side: 'request' | 'answer', text: string) => Promise<void>;
  /** What the desk sends from now on waits on the way until the answer of this is called; nothing is lost. */
  readonly stall: () => () => void;
  /** From now on no more than so many bytes a second pass on the way to the centre, on each connection; null: as many as there are. */
  readonly throttle: (bytesPerSecond: number | null) => void;
  /** Bytes that reached the centre. */
  readonly passed: () => number;
  readonly close: () => Promise<void>;
}

interface Hold {
  readonly side: 'request' | 'answer';
  readonly text: string;
  readonly held: () => void;
}

/** Passes TCP connections on to `targetPort` of this machine. Errors of either side only end that connection, as on a real wire. */
export async function openLink(targetPort: number): Promise<Link> {
  const open = new Set<Socket>();
  let isCut = false;
  let toLose = 0;
  let hold: Hold | null = null;
  let stalled: (() => void)[] | null = null;
  let rate: number | null = null;
  let passed = 0;

  const server = createServer((desk) => {
    if (isCut) {
      desk.destroy();
      return;
    }
    const centre = connect(targetPort, '127.0.0.1');
    for (const [socket, other] of [[desk, centre], [centre, desk]] as const) {
      open.add(socket);
      socket.on('close', () => {
        open.delete(socket);
        other.destroy();
      });
      socket.on('error', () => other.destroy());
    }
    let standing: Hold | null = null;
    const pass = (chunk: Buffer): void => {
      if (hold !== null && chunk.includes(hold.text)) {
        standing = hold;
        hold = null;
        if (standing.side === 'request') standing.held();
      }
      if (standing?.side === 'request') return;
      passed += chunk.length;
      centre.write(chunk);
    };
    desk.on('data', (chunk: Buffer) => {
      if (stalled !== null) stalled.push(() => pass(chunk));
      else if (rate === null) pass(chunk);
      else {
        desk.pause();
        setTimeout(() => {
          pass(chunk);
          desk.resume();
        }, (chunk.length * 1_000) / rate);
      }
    });
    desk.on('end', () => centre.end());
    centre.on('data', (chunk: Buffer) => {
      if (standing !== null) {
        standing.held();
        return;
      }
      if (toLose === 0) {
        desk.write(chunk);
        return;
      }
      toLose -= 1;
      desk.destroy();
    });
    centre.on('end', () => desk.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // it listens on TCP

  const dropAll = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    stall: () => {
      stalled = [];
      return () => {
        const waiting = stalled ?? [];
        stalled = null;
        for (const go of waiting) go();
      };
    },
    throttle: (bytesPerSecond) => {
      rate = bytesPerSecond;
    },
    passed: () => passed,
    cut: () => {
      isCut = true;
      dropAll();
    },
    restore: () => {
      isCut = false;
    },
    loseAnswers: (count) => {
      toLose = count;
    },
    hold: (side, text) =>
      new Promise((resolve) => {
        hold = { side, text, held: resolve };
      }),
    close: async () => {
      dropAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
