import { z } from 'zod';
import type { Json } from '../../../shared/base/json.ts';
import { asfeuProblemSchema, feedItemSchema, feedPageSchema, PAGE_LIMIT, registrationRequestSchema, registrationSchema } from './contract.ts';

const ref = (name: string): Json => ({ $ref: `#/components/schemas/${name}` });
const answer = (description: string, schema: string): Json => ({ description, content: { 'application/json': { schema: ref(schema) } } });
const problems = {
  '401': answer('Ключ доступа не принят', 'Problem'),
  '429': answer('Слишком много запросов: повторить через Retry-After секунд', 'Problem'),
  '503': answer('Система временно не работает: повторить через Retry-After секунд', 'Problem'),
} as const;

function componentSchemas(): Json {
  const registry = z.registry<{ id: string }>();
  registry.add(registrationRequestSchema, { id: 'RegistrationRequest' });
  registry.add(registrationSchema, { id: 'Registration' });
  registry.add(feedItemSchema, { id: 'FeedItem' });
  registry.add(feedPageSchema, { id: 'FeedPage' });
  registry.add(asfeuProblemSchema, { id: 'Problem' });
  const { schemas } = z.toJSONSchema(registry, { uri: (id) => `#/components/schemas/${id}`, target: 'draft-2020-12' });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => {
      const { $schema: _dialect, $id: _id, ...rest } = JSON.parse(JSON.stringify(schema)) as Record<string, Json>; // JSON just made of an object
      return [name, rest];
    }),
  );
}

/** The contract with АС ФЭУ as an OpenAPI 3.1 document: what `docs/asfeu-openapi.json` holds. */
export function asfeuOpenApi(): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'АС ФЭУ для ОКНО',
      version: '1.0.0',
      description: 'Службы HTTP/JSON базы 1С, с которыми работает ОКНО: регистрация обращений и лента заявок. Времена — UTC, ISO 8601. Повтор с тем же ключом никогда не регистрирует второй раз.',
    },
    security: [{ token: [] }],
    paths: {
      '/appeals': {
        post: {
          summary: 'Зарегистрировать обращение',
          operationId: 'registerAppeal',
          parameters: [{ name: 'Idempotency-Key', in: 'header', required: true, description: 'Ключ обращения в ОКНО, записанный как в пути (знаки вне ASCII — через %): повтор с тем же ключом отвечает тем же номером', schema: { type: 'string', minLength: 1 } }],
          requestBody: { required: true, content: { 'application/json': { schema: ref('RegistrationRequest') } } },
          responses: { '201': answer('Зарегистрировано', 'Registration'), '200': answer('Уже было зарегистрировано с этим ключом', 'Registration'), '422': answer('Обращение не принято: исправить и передать снова', 'Problem'), ...problems },
        },
      },
      '/appeals/{key}': {
        get: {
          summary: 'Узнать, зарегистрировано ли обращение',
          operationId: 'findRegistration',
          parameters: [{ name: 'key', in: 'path', required: true, schema: { type: 'string' } }],
          responses: { '200': answer('Зарегистрировано', 'Registration'), '404': answer('С таким ключом обращения нет', 'Problem'), ...problems },
        },
      },
      '/applications': {
        get: {
          summary: 'Лента заявок: новые, изменённые и изъятые',
          operationId: 'feedApplications',
          parameters: [
            { name: 'after', in: 'query', required: false, description: 'Откуда продолжить; без него — с начала', schema: { type: 'string' } },
            { name: 'limit', in: 'query', required: false, schema: { type: 'integer', minimum: 1, maximum: PAGE_LIMIT, default: PAGE_LIMIT } },
          ],
          responses: { '200': answer('Часть ленты', 'FeedPage'), '410': answer('Такого места в ленте нет (лента начата заново): читать с начала', 'Problem'), ...problems },
        },
      },
    },
    components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } }, schemas: componentSchemas() },
  };
}
