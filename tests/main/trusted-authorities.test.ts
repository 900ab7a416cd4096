import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import tls from 'node:tls';
import { afterAll, afterEach, expect, it } from 'vitest';
import { paths } from '../../shared/protocol/paths.ts';
import { CentreClient } from '../../main/sync/centre-client.ts';
import { readAuthorities, trustAuthorities } from '../../main/trusted-authorities.ts';
import { newFolder, removeFolders } from './desk-kit.ts';

const folder = newFolder();
const at = (name: string): string => path.join(folder, name);
const openssl = (...args: readonly string[]): void => void execFileSync('openssl', args, { stdio: 'ignore', cwd: folder });
const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

openssl('req', '-x509', ...key, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', '/CN=Own authority');
writeFileSync(at('of-this-host'), 'subjectAltName=IP:127.0.0.1\n');

const known = tls.getCACertificates('default');
const { createSecureContext } = tls;
const servers: Server[] = [];
const file = Buffer.from('Содержимое файла');
const fileId = createHash('sha256').update(file).digest('hex');

/** A centre behind TLS, by a certificate that the company's authority gave for so many days; notes what reaches it. */
async function centreWith(days: number): Promise<{ readonly url: string; readonly asked: string[] }> {
  openssl('req', ...key, '-keyout', 'centre.key', '-out', 'centre.csr', '-subj', '/CN=centre');
  openssl('x509', '-req', '-in', 'centre.csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', String(days), '-extfile', 'of-this-host', '-out', 'centre.pem');
  const asked: string[] = [];
  const server = createServer({ key: readFileSync(at('centre.key')), cert: readFileSync(at('centre.pem')) }, (request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    if (request.url?.startsWith(paths.hints) === true) response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: {"kind":"feed"}\n\n');
    else if (request.method === 'GET') response.end(file);
    else request.resume().on('end', () => response.end('{}'));
  });
  servers.push(server);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }; // it listens on TCP
}

const clientOf = (url: string): CentreClient => new CentreClient({ server: url, token: () => 'token', fetch });

afterEach(() => {
  tls.setDefaultCACertificates(known);
  tls.createSecureContext = createSecureContext;
  for (const server of servers.splice(0)) server.closeAllConnections();
});
afterAll(removeFolders);

it.each([{ runtime: 'this runtime', api: tls }, { runtime: 'an older runtime', api: {} }])('F21 a certificate of the company’s own authority holds for every connection once its file is named, and not before: $runtime', async ({ api }) => {
  const { url, asked } = await centreWith(1);
  await expect(clientOf(url).endSession('token')).rejects.toMatchObject({ kind: 'untrusted' });
  expect(asked).toEqual([]);
  trustAuthorities(readAuthorities(at('ca.pem')), api);
  const client = clientOf(url);
  await client.endSession('token');
  await client.uploadFile(fileId, file);
  expect(await client.downloadFile(fileId)).toEqual(file);
  expect(await new Response(await client.openHints(new AbortController().signal)).text()).toContain('feed');
  expect(asked.map((each) => each.replace(/\?.*/, ''))).toEqual([`DELETE ${paths.session}`, `PUT /api/v1/files/${fileId}`, `GET /api/v1/files/${fileId}`, `GET ${paths.hints}`]);
});

it('F21 an expired certificate of the company’s own authority does not hold', async () => {
  trustAuthorities(readAuthorities(at('ca.pem')));
  const { url, asked } = await centreWith(-1);
  await expect(clientOf(url).endSession('token')).rejects.toMatchObject({ kind: 'untrusted' });
  expect(asked).toEqual([]);
});

it('a file that holds no certificate, or is not there, is told in words', () => {
  writeFileSync(at('empty.pem'), 'no certificate');
  writeFileSync(at('spoilt.pem'), '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n');
  expect(() => readAuthorities(at('none.pem'))).toThrow(/не читается: проверьте --ca/);
  expect(() => readAuthorities(at('empty.pem'))).toThrow(/нет сертификатов/);
  expect(() => readAuthorities(at('spoilt.pem'))).toThrow(/повреждён/);
  expect(readAuthorities(at('ca.pem'))).toHaveLength(1);
});
