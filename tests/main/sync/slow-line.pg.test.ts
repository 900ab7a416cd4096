import { createHash, randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { CentreClient } from '../../../main/sync/centre-client.ts';
import { openLink, type Link } from '../../helpers/link.ts';
import { startTestCentre, type TestCentre } from '../../server/running-centre.ts';

/** The real line is 256 kbit/s, a part takes 8 s and is waited for 30 s; here all is so many times faster. */
const times = 10;
const bytesPerSecond = 32_000 * times;
const patienceMs = 30_000 / times;
const size = 2_000_000;

let centre: TestCentre;
let link: Link;
let token: string;

beforeAll(async () => {
  centre = await startTestCentre();
  await centre.addUser({ login: 'belova' });
  ({ token } = await centre.login('belova'));
  link = await openLink(centre.port);
});
afterAll(async () => {
  await link.close();
  await centre.remove();
});

const client = (): CentreClient => new CentreClient({ server: link.url, token: () => token, fetch, patienceMs });
const shaOf = (content: Uint8Array): string => createHash('sha256').update(content).digest('hex');

it('F20 a file that takes twice the patience with an answer is uploaded all the same, and comes back the same', async () => {
  const content = randomBytes(size);
  link.throttle(bytesPerSecond);
  const began = performance.now();
  await client().uploadFile(shaOf(content), content);
  link.throttle(null);
  expect(performance.now() - began).toBeGreaterThan(patienceMs * 1.5);
  expect((await client().downloadFile(shaOf(content))).equals(content)).toBe(true);
  const nothing = Buffer.alloc(0);
  await client().uploadFile(shaOf(nothing), nothing);
  expect((await client().downloadFile(shaOf(nothing))).byteLength).toBe(0);
});

it('F20 an upload that the line broke off goes on from where it was, and is checked as a whole', async () => {
  const content = randomBytes(size);
  const before = link.passed();
  link.throttle(bytesPerSecond);
  const broken = client().uploadFile(shaOf(content), content).then(() => 'whole', (error: unknown) => error);
  await expect.poll(() => link.passed() - before).toBeGreaterThan(size / 2);
  link.cut();
  expect(await broken).toMatchObject({ kind: 'network' });
  link.restore();
  await client().uploadFile(shaOf(content), content);
  expect(link.passed() - before).toBeLessThan(size + 400_000); // at most the part that was on its way went twice
  link.throttle(null);
  expect((await client().downloadFile(shaOf(content))).equals(content)).toBe(true);
});

it('bytes of another file under the same address are refused as a whole, and the right ones are taken then', async () => {
  const [content, other] = [randomBytes(600_000), randomBytes(600_000)];
  await expect(client().uploadFile(shaOf(content), other)).rejects.toMatchObject({ kind: 'refused' });
  await client().uploadFile(shaOf(content), content);
  expect((await client().downloadFile(shaOf(content))).equals(content)).toBe(true);
});
