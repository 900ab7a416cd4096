import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { createJsonSchemaTransform, createJsonSchemaTransformObject } from 'fastify-type-provider-zod';
import type { OpenAPIV3_1 } from 'openapi-types';
import { z } from 'zod';
import { documentNames, documentTypeOf } from '../../shared/domain/documents.ts';
import { commandRequestSchema } from '../../shared/protocol/api.ts';
import { problemSchema } from '../../shared/protocol/http.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { productVersion } from '../../shared/protocol/version.ts';
import type { CentreApp } from '../centre-app.ts';
import { commandsOfPeople } from './api-commands.ts';

/** Where the description is published, and the page to read it. */
export const openApiPath = '/api/v1/openapi.json';
export const apiPagePath = '/api/v1/docs';

const description = `API центра для других программ. Каждый запрос несёт заголовок \`Authorization: Bearer okno_…\`; токен выдаёт администратор: \`npm run server -- token\`.
Адреса с меткой «Рабочие места» служат программе ОКНО, токену они закрыты. Отказ – всегда объект Problem: text – что случилось, advice – что делать, number – код для поддержки.`;

/** Schemas with a name of their own in the description. */
function namedSchemas(): z.core.$ZodRegistry<{ id?: string | undefined }> {
  const named = z.registry<{ id?: string | undefined }>();
  for (const name of documentNames) named.add(documentTypeOf(name).schema, { id: name });
  named.add(problemSchema, { id: 'Problem' });
  return named;
}

/** What `POST /commands` takes, with the input of each command: only for the description, the rule itself checks what comes. */
const commandBodies = z.union(commandsOfPeople.map(({ name, title, input }) => commandRequestSchema.extend({ name: z.literal(name), input }).describe(title)));

/** The only schema that names itself is that of any JSON (`z.json()`): its references, numbered by the generator, become one. */
function withJsonSchema(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withJsonSchema);
  if (typeof part !== 'object' || part === null) return part;
  const members = Object.entries(part);
  const [only] = members;
  if (members.length === 1 && only?.[0] === '$ref' && /(?:^|\/)_*schema\d+$/.test(String(only[1]))) return { $ref: '#/components/schemas/Json' };
  return Object.fromEntries(members.map(([name, member]) => [name, withJsonSchema(member)]));
}

/** Registers the description of all routes that come after it. */
export async function describeApi(app: CentreApp): Promise<void> {
  const schemaRegistry = namedSchemas();
  const transform = createJsonSchemaTransform({ schemaRegistry });
  const transformObject = createJsonSchemaTransformObject({ schemaRegistry });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'ОКНО: API центра', version: productVersion, description },
      servers: [{ url: '/' }],
      tags: [{ name: 'Документы' }, { name: 'Команды' }, { name: 'Изменения' }, { name: 'Файлы' }, { name: 'Наблюдение' }, { name: 'Рабочие места' }],
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      security: [{ token: [] }],
    },
    transform: (given) => {
      const { schema, url, route } = given;
      const isPublic = route.config?.isPublic === true;
      const described = { tags: ['Рабочие места'], ...schema, ...(isPublic ? { security: [] } : {}) };
      const body = url === paths.commands && route.method === 'POST' ? { body: commandBodies } : {};
      return transform({ ...given, schema: { ...described, ...body } });
    },
    transformObject: (given) => {
      const whole = withJsonSchema(transformObject(given)) as OpenAPIV3_1.Document; // the same shape, some references renamed
      return { ...whole, components: { ...whole.components, schemas: { ...whole.components?.schemas, Json: { description: 'Любое значение JSON' } } } };
    },
  });
}

const pageCsp = {
  'default-src': "'none'", 'script-src': "'self'", 'style-src': "'self' 'unsafe-inline'", 'img-src': "'self' data:", 'connect-src': "'self'", 'base-uri': "'none'", 'form-action': "'none'", 'frame-ancestors': "'none'",
};

/** The description at its address, and the page to read it: all of it served by the centre. */
export async function apiPageRoutes(app: CentreApp): Promise<void> {
  app.get(openApiPath, { config: { isPublic: true }, schema: { hide: true } }, () => app.swagger());
  await app.register(async (page) => {
    page.addHook('onRoute', (route) => {
      route.config = { ...route.config, isPublic: true };
    });
    await page.register(swaggerUi, { routePrefix: apiPagePath, staticCSP: pageCsp, uiConfig: { docExpansion: 'none', persistAuthorization: false, defaultModelsExpandDepth: 0, url: openApiPath }, theme: { title: 'ОКНО: API центра' } });
  });
}
