import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { httpAsfeu } from '../../../server/adapters/asfeu/http-asfeu.ts';
import { asfeuOpenApi } from '../../../server/adapters/asfeu/openapi-document.ts';
import { registrationRequest } from '../../../server/adapters/asfeu/registration-request.ts';
import { anAppeal, anApplication } from '../../helpers/builders.ts';
import { MemoryStore } from '../../helpers/memory-store.ts';
import { startEmulator, type Emulator } from '../../helpers/emulator.ts';
import { recordingProxy, type RecordingProxy } from './recording-proxy.ts';

const documentText = readFileSync(path.join(import.meta.dirname, '../../../docs/asfeu-openapi.json'), 'utf8');
const responseSchema = z.object({ content: z.object({ 'application/json': z.object({ schema: z.object({ $ref: z.string() }) }) }) });
const openApi = z
  .object({
    paths: z.record(z.string(), z.record(z.string(), z.object({ parameters: z.array(z.object({ name: z.string(), in: z.string(), required: z.boolean() })), requestBody: responseSchema.optional(), responses: z.record(z.string(), responseSchema) }))),
    components: z.object({ schemas: z.record(z.string(), z.record(z.string(), z.json())) }),
  })
  .parse(JSON.parse(documentText));

/** The JSON Schema of the document behind a reference, as a checker. */
function schemaAt(ref: string): z.ZodType {
  const name = ref.replace('#/components/schemas/', '');
  const inDefinitions = (value: unknown): unknown => JSON.parse(JSON.stringify(value).replaceAll('#/components/schemas/', '#/$defs/'));
  return z.fromJSONSchema(inDefinitions({ ...openApi.components.schemas[name], $defs: openApi.components.schemas }) as Parameters<typeof z.fromJSONSchema>[0]); // JSON of the document
}

/** Checks one call and its answer against the document. */
function checkExchange({ method, url, requestHeaders, requestBody, status, responseBody }: RecordingProxy['exchanges'][number]): void {
  const { pathname } = new URL(url, 'http://x');
  const template = Object.keys(openApi.paths).find((candidate) => new RegExp(`^${candidate.replace(/\{\w+\}/g, '[^/]+')}$`).test(pathname));
  const operation = openApi.paths[template ?? '']?.[method.toLowerCase()];
  if (operation === undefined) throw new Error(`${method} ${pathname} is not in the document`);
  for (const { name, in: place, required } of operation.parameters) if (required && place === 'header') expect(requestHeaders[name.toLowerCase()]).toBeTruthy();
  if (operation.requestBody !== undefined) schemaAt(operation.requestBody.content['application/json'].schema.$ref).parse(JSON.parse(requestBody));
  const response = operation.responses[String(status)];
  if (response === undefined) throw new Error(`${method} ${pathname} may not answer ${status}`);
  schemaAt(response.content['application/json'].schema.$ref).parse(JSON.parse(responseBody));
}

let emulator: Emulator;
let proxy: RecordingProxy;
beforeEach(async () => {
  emulator = await startEmulator();
  proxy = await recordingProxy(emulator.url);
});
afterEach(async () => {
  await proxy.stop();
  await emulator.stop();
});

test('docs/asfeu-openapi.json is what the contract in code says (node server/adapters/asfeu/print-openapi.ts > docs/asfeu-openapi.json)', () => {
  expect(JSON.parse(documentText)).toEqual(asfeuOpenApi());
});

test('the adapter calls and the emulator answers as the document says', async () => {
  const asfeu = httpAsfeu({ url: proxy.url, token: 'secret', timeoutMs: 5000 });
  const store = new MemoryStore();
  const request = await registrationRequest(anAppeal({ hasIntermediary: true, intermediaryId: 'client-2', authorityNumber: '5' }), async (reads) => reads.map((read) => store.answer(read)));

  expect(await asfeu.findRegistration('appeal/1 ё')).toBeNull();
  const registration = await asfeu.registerAppeal('appeal/1 ё', request);
  expect(registration).toMatchObject({ key: 'appeal/1 ё', number: expect.stringMatching(/^ОБ-\d{2}-00000001$/) as string, barcode: expect.stringMatching(/^\d{16}$/) as string });
  expect(await asfeu.registerAppeal('appeal/1 ё', request)).toEqual(registration);
  expect(await asfeu.findRegistration('appeal/1 ё')).toEqual(registration);

  await emulator.load([anApplication(), anApplication({ id: 'application-2', clientId: null })]);
  const page = await asfeu.feed('');
  expect(page).toMatchObject({ items: [{ withdrawn: false, application: { id: 'application-1' } }, { application: { id: 'application-2' } }], more: false });
  expect(await asfeu.feed(page.next)).toMatchObject({ items: [], next: page.next, more: false });
  await expect(asfeu.feed('another.7')).rejects.toMatchObject({ kind: 'gone' });
  await emulator.misbehave({ failNext: 1 });
  await expect(asfeu.findRegistration('x')).rejects.toMatchObject({ kind: 'down', message: 'АС ФЭУ временно не работает (ответ 503): Ведутся регламентные работы', retryAfterMs: 1000 });
  await emulator.misbehave({ refuse: true });
  await expect(asfeu.registerAppeal('y', request)).rejects.toMatchObject({ kind: 'refused', message: 'АС ФЭУ не приняла обращение: Вид обращения закрыт для регистрации' });

  expect(proxy.exchanges.map(({ status }) => status)).toEqual([404, 201, 200, 200, 200, 200, 410, 503, 422]);
  for (const exchange of proxy.exchanges) checkExchange(exchange);
  expect(proxy.exchanges[0]?.requestHeaders['authorization']).toBe('Bearer secret');
});
