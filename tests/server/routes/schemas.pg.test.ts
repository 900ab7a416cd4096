import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { paths } from '../../../shared/protocol/paths.ts';
import { startTestCentre, type TestCentre } from '../running-centre.ts';

const content = z.record(z.string(), z.object({ schema: z.looseObject({}) }));
const operation = z.object({
  parameters: z.array(z.object({ in: z.enum(['path', 'query']), name: z.string(), schema: z.looseObject({}) })).default([]),
  requestBody: z.object({ content }).optional(),
  responses: z.record(z.string(), z.object({ content: content.default({}) })),
});
const document = z.object({ paths: z.record(z.string(), z.record(z.string(), operation)) });

let centre: TestCentre;
let operations: readonly (z.infer<typeof operation> & { readonly at: string })[];
beforeAll(async () => {
  centre = await startTestCentre();
  const api = document.parse(await (await fetch(`${centre.url}/api/v1/openapi.json`)).json());
  operations = Object.entries(api.paths).flatMap(([path, methods]) => Object.entries(methods).map(([method, one]) => ({ at: `${method.toUpperCase()} ${path}`, ...one })));
});
afterAll(async () => centre.remove());

/** No JSON comes here: the path says all, or the bytes of a file, which their hash checks. */
const withoutJson = ['POST /api/v1/appeals/{id}/registration', 'PUT /api/v1/files/{sha}', 'PUT /api/v1/files/{sha}/parts'];

test('every route of the API describes what it takes and what it answers, its refusals too', () => {
  expect(operations.map(({ at }) => at)).toEqual(expect.arrayContaining([`GET ${paths.hints}`, 'PUT /api/v1/files/{sha}', `POST ${paths.pull}`]));
  for (const { at, parameters, requestBody, responses } of operations) {
    const inPath = [...at.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(parameters.filter((each) => each.in === 'path').map(({ name }) => name), at).toEqual(inPath);
    if (/^(?:POST|PUT) /.test(at) && !withoutJson.includes(at)) expect(Object.keys(requestBody?.content ?? {}), at).toHaveLength(1);
    for (const status of at === `GET ${paths.health}` ? ['200', '503'] : ['200', '4XX', '5XX']) expect(Object.keys(responses[status]?.content ?? {}), `${at} ${status}`).toHaveLength(1);
  }
});

test('a body against its schema is refused with the field named, whatever the route', async () => {
  const administrator = await centre.addUser({ login: 'admin', roles: ['administrator'] });
  const desk = await centre.login(administrator.login);
  for (const { at, requestBody } of operations) {
    // Commands of other programs are asked for with a token: api.pg.test.ts.
    if (requestBody?.content['application/json'] === undefined || at === `POST ${paths.commands}`) continue;
    const [method = '', path = ''] = at.split(' ');
    const response = await fetch(centre.url + path, { method, headers: { 'content-type': 'application/json', authorization: `Bearer ${desk.token}` }, body: '{"unknown":1}' });
    expect({ at, status: response.status, body: await response.json() }).toMatchObject({ status: 400, body: { refusal: { code: 'invalidInput', details: { field: expect.any(String) } }, number: 'ОК-100' } });
  }
});
