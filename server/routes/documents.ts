import { z } from 'zod';
import type { AnyDocument } from '../../shared/base/document-type.ts';
import { OknoError } from '../../shared/base/errors.ts';
import { fieldEdits } from '../../shared/base/field-edits.ts';
import { registrarRoles } from '../../shared/domain/appeal/commands.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import { documentNames, documentTypeOf, isDocumentName, type DocumentName } from '../../shared/domain/documents.ts';
import { clientDocumentsSchema, effectViewSchema, historyEntrySchema, readDocumentSchema, type HistoryEntry } from '../../shared/protocol/http.ts';
import { isVisible, isVisibleId, versionsOf, type VersionRow } from '../db/queries/history.ts';
import { documentsOfClient, readDocument } from '../db/queries/reading.ts';
import { effectsOf } from '../jobs/effect-queries.ts';
import { mayReadType, scopeOf, sessionOf } from './authentication.ts';
import { problemAnswers } from './problems.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

/** Versions shown at once: more than anybody reads. */
const HISTORY_LIMIT = 200;
/** Documents of one client at once. */
const CLIENT_LIMIT = 500;
const ofClients = ['incomingEmail', 'outgoingEmail', 'appeal', 'application', 'contactEvent'] as const satisfies readonly DocumentName[];

export function documentRoutes(app: CentreApp, { pool, registerNow, reading }: CentreParts): void {
  app.get(
    '/api/v1/reading/:type/:id',
    { schema: { params: z.object({ type: z.string(), id: z.string().max(300) }), response: { 200: readDocumentSchema, ...problemAnswers } }, serializerCompiler: () => JSON.stringify },
    async (request) => {
      const { type, id } = request.params;
      const document = readable(type) ? await readDocument(pool, type, id, scopeOf(request)) : null;
      if (document === null) throw new OknoError('notFound');
      return { document: stored(document) };
    },
  );

  app.get(
    '/api/v1/reading/client/:id/documents',
    { schema: { params: z.object({ id: z.string().max(300) }), response: { 200: clientDocumentsSchema, ...problemAnswers } }, serializerCompiler: () => JSON.stringify },
    async (request) => {
      const keys = scopeOf(request);
      const client = await readDocument(pool, 'client', request.params.id, keys);
      if (client === null) throw new OknoError('notFound');
      const found = await documentsOfClient(pool, ofClients, client.id, keys, CLIENT_LIMIT + 1);
      return { documents: found.slice(0, CLIENT_LIMIT).map(({ type, document }) => ({ type, document: stored(document) })), more: found.length > CLIENT_LIMIT };
    },
  );

  app.get(
    '/api/v1/documents/:type/:id/history',
    {
      config: { programs: 'too' },
      schema: { tags: ['Документы'], summary: 'История изменений документа, новые сверху', params: z.object({ type: z.string(), id: z.string().max(300) }), response: { 200: z.array(historyEntrySchema), ...problemAnswers } },
    },
    async (request) => {
      const { type, id } = request.params;
      if (!isDocumentName(type)) throw new OknoError('notFound');
      mayReadType(request, type, documentTypeOf(type).title);
      if (!(await isVisible(pool, type, id, scopeOf(request)))) throw new OknoError('notFound');
      const read = (): ReturnType<typeof versionsOf> => versionsOf(pool, type, id, HISTORY_LIMIT);
      const rows = request.program === null ? await read() : ((await reading.one(request.program, { type, id }, 'История', read)) ?? []);
      return rows.slice(0, HISTORY_LIMIT).map((row, n) => historyEntry(row, rows[n + 1]));
    },
  );

  app.post('/api/v1/appeals/:id/registration', { schema: { params: z.object({ id: z.string().max(300) }), response: { 200: z.object({}), ...problemAnswers } } }, async (request) => {
    const { id } = request.params;
    const { roles } = sessionOf(request).user;
    if (!registrarRoles.some((role) => roles.includes(role))) throw new OknoError('notAllowed', { action: 'Зарегистрировать сейчас' });
    if (!(await isVisible(pool, 'appeal', id, scopeOf(request)))) throw new OknoError('notFound');
    if (!(await registerNow(id))) throw new OknoError('wrongState', { state: 'Регистрация не ожидается' });
    return {};
  });

  app.get('/api/v1/effects', { schema: { querystring: z.object({ documentId: z.string().max(300) }), response: { 200: z.array(effectViewSchema), ...problemAnswers } } }, async (request) => {
    const { documentId } = request.query;
    if (!(await isVisibleId(pool, documentNames, documentId, scopeOf(request)))) throw new OknoError('notFound');
    return [...(await effectsOf(pool, documentId))];
  });
}

/** What a desk may read one by one: clients and what concerns them. */
function readable(type: string): type is DocumentName {
  return type === 'client' || type === 'task' || (ofClients as readonly string[]).includes(type);
}

/** A document is JSON, as it stands in the base; it is not checked once more. */
function stored(document: AnyDocument): z.infer<typeof readDocumentSchema>['document'] {
  return document as unknown as z.infer<typeof readDocumentSchema>['document'];
}

function historyEntry({ body, version, ...row }: VersionRow, before: VersionRow | undefined): HistoryEntry {
  const changes = fieldEdits(before?.body ?? {}, body);
  // The schema's JSON is changeable, ours read-only; both are the same JSON.
  return { ...row, version, commandTitle: commandByName(row.commandName)?.title ?? row.commandName, changes: changes as HistoryEntry['changes'] };
}
