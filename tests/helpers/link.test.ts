import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLink, type Link } from './link.ts';

const asked: string[] = [];
const centre = createHttpServer((request, response) => {
  asked.push(request.url ?? '');
  response.end('ok');
});
let link: Link;

beforeAll(async () => {
  await once(centre.listen(0, '127.0.0.1'), 'listening');
  link = await openLink((centre.address() as AddressInfo).port); // it listens on TCP
});

afterAll(async () => {
  await link.close();
  centre.closeAllConnections();
  await new Promise((resolve) => centre.close(resolve));
});

async function ask(): Promise<string> {
  return fetch(link.url, { headers: { connection: 'close' } }).then(
    (response) => response.text(),
    () => 'нет связи',
  );
}

describe('the wire', () => {
  it('passes, is cut, and passes again', async () => {
    expect(await ask()).toBe('ok');
    link.cut();
    expect(await ask()).toBe('нет связи');
    link.restore();
    expect(await ask()).toBe('ok');
  });

  it('loses as many answers as asked', async () => {
    link.loseAnswers(1);
    expect([await ask(), await ask()]).toEqual(['нет связи', 'ok']);
  });

  it('holds one connection on the way there or on the way back, and no other', async () => {
    for (const side of ['request', 'answer'] as const) {
      const held = link.hold(side, `/held-${side}`);
      const ending = new AbortController();
      const slow = fetch(`${link.url}/held-${side}`, { signal: ending.signal }).then(() => 'ok', () => 'нет ответа');
      await held;
      expect(await ask()).toBe('ok');
      ending.abort();
      expect(await slow).toBe('нет ответа');
      expect(asked.includes(`/held-${side}`)).toBe(side === 'answer');
    }
  });

  it('answers nothing where nobody listens', async () => {
    const probe = createServer();
    await once(probe.listen(0, '127.0.0.1'), 'listening');
    const { port } = probe.address() as AddressInfo; // it listens on TCP
    await new Promise((resolve) => probe.close(resolve));
    const dead = await openLink(port);
    await expect(fetch(dead.url)).rejects.toThrow();
    await dead.close();
  });
});
