import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { Validator } from '@seriousme/openapi-schema-validator';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiPagePath } from '../../../server/routes/openapi.ts';
import { commands } from '../../../shared/domain/commands.ts';
import { documentNames } from '../../../shared/domain/documents.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import { apiDescription, type ApiDescription } from '../../helpers/api-client.ts';
import { startTestCentre, type TestCentre } from '../running-centre.ts';

let centre: TestCentre;
let description: ApiDescription;
const routes: { readonly method: string; readonly url: string }[] = [];

function noteRoutes(message: unknown): void {
  const { fastify } = message as { fastify: FastifyInstance }; // as fastify publishes it
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) routes.push({ method: one, url });
  });
}

beforeAll(async () => {
  subscribe('fastify.initialization', noteRoutes);
  centre = await startTestCentre();
  unsubscribe('fastify.initialization', noteRoutes);
  description = await apiDescription(centre.url);
}, 120_000);

afterAll(() => centre.remove());

test('the description is valid OpenAPI, with every reference resolved', async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(description.document));
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  const text = JSON.stringify(description.document);
  const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, reference = '']) => reference));
  const schemas = Object.keys(description.document.components?.schemas ?? {});
  for (const reference of references) expect(schemas).toContain(reference.replace('#/components/schemas/', ''));
});

test('every route of the running centre is in it, but for the page and the description itself', () => {
  const described = Object.entries(description.document.paths ?? {}).flatMap(([url, methods]) => Object.keys(methods ?? {}).map((method) => `${method.toUpperCase()} ${url}`));
  const served = routes.filter(({ method, url }) => method !== 'HEAD' && !url.startsWith(apiPagePath) && !url.endsWith('/openapi.json')).map(({ method, url }) => `${method} ${url.replaceAll(/:(\w+)/g, '{$1}')}`);
  expect(served.length).toBeGreaterThan(60);
  expect(described.toSorted()).toEqual([...new Set(served)].toSorted());
});

test('every kind of document and every command of people is described', () => {
  for (const name of documentNames) {
    expect(description.document.paths).toHaveProperty([`${paths.documents}/${name}`, 'get']);
    expect(description.document.paths).toHaveProperty([`${paths.documents}/${name}/{id}`, 'get']);
  }
  const body = JSON.stringify(description.document.paths?.[paths.commands]?.post?.requestBody);
  for (const { name, roles } of commands) expect(body.includes(`"${name}"`)).toBe(roles !== 'system');
});

test('the page to read it is whole, from the centre alone, and its policy allows nothing else', async () => {
  const page = await fetch(`${centre.url}${apiPagePath}/`);
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
  const html = await page.text();
  expect(html).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  expect(html).not.toMatch(/<script>[^<]/);
  const parts = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, at = '']) => new URL(at, `${centre.url}${apiPagePath}/`));
  expect(parts.length).toBeGreaterThan(3);
  for (const part of parts) expect(`${part.pathname} ${String((await fetch(part)).status)}`).toBe(`${part.pathname} 200`);
});
