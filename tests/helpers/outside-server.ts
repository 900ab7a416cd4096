import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { root } from '../../tools/setup/files.ts';

/** A server outside the company that letters point at. Its certificate is its own: a desk must be told to believe it. */
export interface OutsideServer {
  readonly url: string;
  /** What was asked of it: `GET /picture.png`, with the headers that would tell who asks. */
  readonly asked: readonly { readonly what: string; readonly referer: string | undefined; readonly cookie: string | undefined }[];
  readonly close: () => Promise<void>;
}

/** One red dot: a PNG. */
export const dotPicture = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC', 'base64');

const certificate = (name: string): Buffer => readFileSync(path.join(root, 'tests/fixtures/outside', name));

/** Answers a picture to every question, and would set a cookie. */
export async function startOutsideServer(): Promise<OutsideServer> {
  const asked: { what: string; referer: string | undefined; cookie: string | undefined }[] = [];
  const server = createServer({ key: certificate('server.key'), cert: certificate('server.crt') }, ({ method, url, headers }, response) => {
    asked.push({ what: `${method ?? ''} ${url ?? ''}`, referer: headers.referer, cookie: headers.cookie });
    response.setHeader('content-type', 'image/png');
    response.setHeader('set-cookie', 'who=reader; Secure; SameSite=None; Path=/');
    response.end(dotPicture);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, // it listens on TCP
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
