import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { describeRefusal } from '../../../shared/base/errors.ts';
import { CentreClient } from '../../../main/sync/centre-client.ts';
import { retryPause } from '../../../main/sync/retry-pause.ts';
import { TransportError } from '../../../main/sync/transport.ts';
import { aTask, aUser, anIncomingEmail } from '../../helpers/builders.ts';
import { newFolder, removeFolders, TestDesk } from '../desk-kit.ts';
import { MemoryCentre } from '../memory-centre.ts';

afterEach(removeFolders);

function filledCentre(emails: number): MemoryCentre {
  const centre = new MemoryCentre();
  centre.put('user', aUser({ employeeId: null }));
  for (let n = 0; n < emails; n += 1) {
    centre.put('incomingEmail', anIncomingEmail({ id: `em-${n}`, eventId: `event-${n}` }));
    centre.put('task', aTask({ id: `task-${n}`, documentId: `em-${n}`, state: 'open', holderId: null }));
  }
  return centre;
}

it('F19 five hundred desks that lost the centre at once come back spread over at least half of their pause, and never before the centre asked', () => {
  for (const [failures, retryAfterMs] of [[1, null], [4, null], [7, null], [1, 5_000]] as const) {
    const pauses = Array.from({ length: 500 }, (_, n) => retryPause(failures, retryAfterMs, () => ((n * 0.618_034) % 1)));
    const from = retryAfterMs ?? 0;
    const full = Math.min(60_000, 1_000 * 2 ** (failures - 1));
    expect(Math.min(...pauses)).toBeGreaterThanOrEqual(from + full / 2);
    expect(Math.max(...pauses)).toBeLessThanOrEqual(from + full);
    const tenthOf = (pause: number): number => Math.min(9, Math.floor(((pause - from - full / 2) / (full / 2)) * 10));
    const tenths = Array.from({ length: 10 }, (_, tenth) => pauses.filter((pause) => tenthOf(pause) === tenth).length);
    expect(Math.max(...tenths)).toBeLessThan(75);
  }
});

it('F20 at 256 kbit/s commands whose answer would come too late go in smaller parts, before pages, which are made smaller too', async () => {
  const centre = filledCentre(100);
  const desk = new TestDesk(centre);
  await desk.sync();
  const asked: string[] = [];
  const bytesInTime = 12_000; // what passes before the patience with an answer ends
  const push = centre.push.bind(centre);
  centre.push = (request) => {
    if (request.commands.length > 0) asked.push(`commands ${request.commands.length}`);
    return JSON.stringify(request).length > bytesInTime ? Promise.reject(new TransportError('slow')) : push(request);
  };
  const pull = centre.pull.bind(centre);
  centre.pull = (request) => {
    asked.push(`page ${request.limit}`);
    centre.pageSize = request.limit;
    return request.limit > 100 ? Promise.reject(new TransportError('slow')) : pull(request);
  };
  for (let n = 0; n < 100; n += 1) desk.run('incomingEmail.take', { id: `em-${n}` });
  const waiting = () => desk.files.base.outbox.commands.waiting();
  for (let round = 0; round < 12; round += 1) await desk.sync();
  expect(waiting()).toBe(0);
  expect(desk.state?.state).toBe('onLine');
  const firstPage = asked.findIndex((each) => each.startsWith('page'));
  expect(asked.findLastIndex((each) => each.startsWith('commands'))).toBeLessThan(firstPage);
  expect(asked.slice(firstPage, firstPage + 4)).toEqual(['page 500', 'page 250', 'page 125', 'page 63']);
  expect(centre.store.all('incomingEmail').filter(({ state }) => state === 'inWork')).toHaveLength(100);
  await desk.close();
});

it('F20 what was done before a large file was sent does not wait for its upload', async () => {
  const centre = filledCentre(1);
  const desk = new TestDesk(centre);
  await desk.sync();
  const file = Buffer.alloc(1_000, 1);
  const fileId = await desk.files.vault.write(file);
  desk.files.base.outbox.users.addUpload(fileId, file.length, '2026-11-24T06:14:00.000Z');
  expect(desk.run('incomingEmail.take', { id: 'em-0' }).outcome).toBe('accepted');
  expect(desk.run('incomingEmail.save', { id: 'em-0', edits: [{ path: 'signatory', before: '', after: fileId }] }).outcome).toBe('accepted');
  const upload = centre.uploadFile.bind(centre);
  centre.uploadFile = () => Promise.reject(new TransportError('slow'));
  await desk.sync();
  expect([centre.store.the('incomingEmail', 'em-0').state, desk.files.base.outbox.commands.waiting()]).toEqual(['inWork', 1]);
  centre.uploadFile = upload;
  await desk.sync();
  expect([centre.store.the('incomingEmail', 'em-0').signatory, [...centre.uploads.keys()], desk.files.base.outbox.commands.waiting()]).toEqual([fileId, [fileId], 0]);
  await desk.close();
});

async function serveTls(name: string): Promise<{ readonly server: Server; readonly url: string; readonly asked: string[] }> {
  const folder = newFolder();
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout', key, '-out', cert, '-days', '1', '-subj', `/CN=${name}`], { stdio: 'ignore' });
  const asked: string[] = [];
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    asked.push(request.url ?? '');
    response.end('{}');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return { server, url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }; // it listens on TCP
}

it('F21 a centre with a certificate that does not hold is sent nothing, which is said in words; work goes on and is sent when it is right', async () => {
  const { server, url, asked } = await serveTls('other.example');
  const centre = filledCentre(1);
  const desk = new TestDesk(centre);
  await desk.sync();
  const client = new CentreClient({ server: url, token: () => 'token', fetch });
  const push = centre.push.bind(centre);
  centre.push = (request) => client.push(request);
  expect(desk.run('incomingEmail.take', { id: 'em-0' }).outcome).toBe('accepted');
  await desk.sync();
  expect(desk.state).toMatchObject({ state: 'offLine', problem: { code: 'certificateInvalid' } });
  expect(describeRefusal({ code: 'certificateInvalid', details: {} })).toMatchObject({ number: 'ОК-504', text: 'Сертификат центра недействителен: ничего не отправлено' });
  expect([asked, desk.files.base.outbox.commands.waiting(), desk.failures]).toEqual([[], 1, []]);
  centre.push = push;
  await desk.sync();
  expect(desk.state).toMatchObject({ state: 'onLine', problem: null });
  expect(centre.store.the('incomingEmail', 'em-0').state).toBe('inWork');
  await desk.close();
  server.close();
});

it.each(['CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'ERR_TLS_CERT_ALTNAME_INVALID', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])('F21 %s is told as a certificate that does not hold', async (code) => {
  const refusing: typeof fetch = () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }));
  await expect(new CentreClient({ server: 'https://centre.example', token: () => null, fetch: refusing }).endSession('token')).rejects.toMatchObject({ kind: 'untrusted' });
});
