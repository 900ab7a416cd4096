import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { paths } from '../../shared/protocol/paths.ts';
import { searchAnswerSchema } from '../../shared/protocol/search.ts';
import type { Client } from '../../shared/domain/client/model.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';
import { clientWithAll } from '../../tools/data/large-company.ts';
import { writeCompany } from '../../tools/data/write-company.ts';
import { apiDesk } from '../../tools/demo/api-desk.ts';
import { demoUsers } from '../../tools/demo/demo-users.ts';
import { startTestCentre } from '../server/running-centre.ts';

const data = mkdtempSync(path.join(os.tmpdir(), 'okno-large-'));
const options = { data, clients: 300, seed: 5, say: () => undefined };

afterAll(() => rmSync(data, { recursive: true, force: true }));

it('makes the same data of the same seed, each document of its type', () => {
  for (const number of [0, 1, 2, 299, 54_321]) {
    const made = clientWithAll(5, number);
    expect(clientWithAll(5, number)).toEqual(made);
    for (const { type, document } of made) expect(documentTypeOf(type).schema.parse(document)).toEqual(document);
    const client = made.find(({ type }) => type === 'client')?.document as Client;
    expect(client.phones.length + client.emails.length).toBe(3);
    expect(made.filter(({ type }) => type === 'application')).toHaveLength(3);
  }
  expect(clientWithAll(6, 0)).not.toEqual(clientWithAll(5, 0));
});

it('writes a company that a centre serves, once', async () => {
  const written = await writeCompany(options);
  expect(written).toBe(Array.from({ length: 300 }, (_, number) => clientWithAll(5, number).length).reduce((sum, count) => sum + count, 0));
  await expect(writeCompany(options)).rejects.toThrow('В этой папке уже записана большая компания: 300 клиентов, зерно 5.');
  const centre = await startTestCentre({ data });
  try {
    const desk = apiDesk(centre.url, 'Большая компания');
    const [operator] = demoUsers;
    const session = await desk.login(operator?.user.login ?? '', operator?.password ?? '');
    const rows = await desk.pull(session);
    const [pulled] = rows.filter(({ type }) => type === 'client');
    const phone = (pulled?.document as unknown as Client | undefined)?.phones[0]?.typed ?? '';
    const response = await fetch(`${centre.url}${paths.search}`, { method: 'POST', headers: { authorization: `Bearer ${session.token}`, 'content-type': 'application/json' }, body: JSON.stringify({ text: phone }) });
    const { groups } = searchAnswerSchema.parse(await response.json());
    expect(groups[0]?.rows.map(({ id }) => id)).toContain(pulled?.id);
  } finally {
    await centre.close();
  }
}, 180_000);
