import { z } from 'zod';
import { OknoError } from '../../shared/base/errors.ts';
import type { AnyDocument } from '../../shared/base/document-type.ts';
import { documentNames, documentTypeOf, parseDocument, type DocumentName } from '../../shared/domain/documents.ts';
import { documentListShape, kindSchema } from '../../shared/protocol/api.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { documentById, documentPage } from '../db/queries/document-page.ts';
import { mayReadType, programOf, readableTypes, scopeOf } from './authentication.ts';
import { filterOf, filterShape } from './column-filters.ts';
import { problemAnswers } from './problems.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

/** Lists and single documents for other programs: a pair of routes for each kind in the registry. */
export function apiDocumentRoutes(app: CentreApp, parts: CentreParts): void {
  app.get(
    paths.documents,
    { config: { programs: 'only' }, schema: { operationId: 'listKinds', tags: ['Документы'], summary: 'Виды документов, которые токену разрешено читать', response: { 200: z.array(kindSchema), ...problemAnswers } } },
    (request) => readableTypes(request).map(kindOf),
  );
  for (const type of documentNames) kindRoutes(app, parts, type);
}

function kindOf(type: DocumentName): z.infer<typeof kindSchema> {
  const { title, columns, indexes } = documentTypeOf(type);
  return {
    type,
    title,
    columns: Object.entries(columns).map(([name, column]) => ({ name, kind: column.kind, refType: column.kind === 'ref' ? column.refType : null })),
    indexes: Object.keys(indexes),
  };
}

function kindRoutes(app: CentreApp, { pool, reading }: CentreParts, name: DocumentName): void {
  const type = documentTypeOf(name);
  const { title } = type;
  const indexes = Object.keys(type.indexes);
  const querystring = z.strictObject({ ...documentListShape, ...filterShape(type), index: z.enum(['', ...indexes]).default('') });
  const rowSchema = z.object({ id: z.string(), version: z.number().int(), document: type.schema });
  const common = { config: { programs: 'only' }, serializerCompiler: () => JSON.stringify } as const; // rows are parsed by the document's schema one by one
  const shown = <T extends { readonly document: AnyDocument }>(row: T): T => ({ ...row, document: parseDocument(name, row.document) });

  app.get(
    `${paths.documents}/${name}`,
    {
      ...common,
      schema: { operationId: `list_${name}`, tags: ['Документы'], summary: `«${title}»: список`, description: 'По возрастанию id. cursor – из прошлого ответа; null в ответе: это было всё. index и key находят сразу, filter.* просматривают.', querystring, response: { 200: z.object({ rows: z.array(rowSchema), cursor: z.string().nullable() }), ...problemAnswers } },
    },
    async (request) => {
      mayReadType(request, name, title);
      const { cursor, limit, index, key, deleted, ...filters } = request.query;
      if ((index === '') !== (key === undefined)) throw new OknoError('invalidInput', { field: 'index и key задаются вместе' });
      const filter = filterOf(type, filters);
      const fits = filter === null && deleted === 'yes' ? null : (document: AnyDocument) => (deleted === 'yes' || document.deleted !== true) && (filter === null || filter(document));
      const question = { type: name, under: key === undefined ? null : { index, key }, scopeKeys: scopeOf(request), after: cursor === undefined ? null : idOfCursor(cursor), fits };
      const { rows, next } = await reading.page(
        programOf(request), limit, 'Список',
        (most) => documentPage(pool, { ...question, limit: most }),
        (page) => page.rows.map(({ id }) => ({ type: name, id })),
      );
      return { rows: rows.map(shown), cursor: next === null ? null : cursorOfId(next) };
    },
  );

  app.get(
    `${paths.documents}/${name}/:id`,
    { ...common, schema: { operationId: `get_${name}`, tags: ['Документы'], summary: `«${title}»: один документ`, params: z.object({ id: z.string().max(300) }), response: { 200: rowSchema, ...problemAnswers } } },
    async (request) => {
      mayReadType(request, name, title);
      const { id } = request.params;
      const found = await reading.one(programOf(request), { type: name, id }, 'Документ', () => documentById(pool, name, id, scopeOf(request)));
      if (found === null) throw new OknoError('notFound');
      return shown(found);
    },
  );
}

function cursorOfId(id: string): string {
  return Buffer.from(id).toString('base64url');
}

function idOfCursor(cursor: string): string {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (id.includes('\0') || cursorOfId(id) !== cursor) throw new OknoError('invalidInput', { field: 'cursor' });
  return id;
}
