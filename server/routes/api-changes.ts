import { createHash } from 'node:crypto';
import { z } from 'zod';
import { OknoError } from '../../shared/base/errors.ts';
import { isDocumentName, parseDocument, type DocumentName } from '../../shared/domain/documents.ts';
import { changesAnswerSchema, changesQuerySchema } from '../../shared/protocol/api.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { changePage, type ChangePage } from '../db/queries/document-page.ts';
import { Admission } from '../sync/admission.ts';
import { mayReadType, programOf, readableTypes, scopeOf } from './authentication.ts';
import { problemAnswers } from './problems.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

const cursorSchema = z.object({ epoch: z.string(), xid: z.string().regex(/^\d+$/), seq: z.string().regex(/^\d+$/), of: z.string() });
type Cursor = z.infer<typeof cursorSchema>;

/** Questions that wait for a change at once, of all programs. */
const WAITING = { atOnce: 200, waiting: 0 };
/** After a hint that brought nothing for this token: many commits together cost one look. */
const REST_MS = 100;

/** A feed of changes: each document as it is now, in the order of commits, with a place to go on from. */
export function apiChangeRoutes(app: CentreApp, parts: CentreParts): void {
  const { pool, reading, signer } = parts;
  const admission = new Admission(WAITING);
  app.get(
    paths.changes,
    {
      config: { programs: 'only' },
      serializerCompiler: () => JSON.stringify, // rows are parsed by the documents' schemas one by one
      schema: {
        operationId: 'listChanges', tags: ['Изменения'], summary: 'Что изменилось',
        description: 'Без cursor – с начала. more: спросите ещё. wait: сколько секунд ждать изменения, если его ещё нет. document null – документ вышел из того, что видит токен. 410 – данные центра загружены заново или права стали другими: начните без cursor.',
        querystring: changesQuerySchema, response: { 200: changesAnswerSchema, ...problemAnswers },
      },
    },
    async (request) => {
      const { cursor, limit, types: named, wait } = request.query;
      const program = programOf(request);
      const types = named === undefined ? readableTypes(request) : typesOf(named);
      for (const type of types) mayReadType(request, type, type);
      const scopeKeys = scopeOf(request);
      const of = createHash('sha256').update(JSON.stringify([[...types].sort(), [...scopeKeys].sort()])).digest('base64url').slice(0, 16);
      const from = cursor === undefined ? null : signer.open('changes', cursor, cursorSchema);
      if (cursor !== undefined && from === null) throw new OknoError('invalidInput', { field: 'cursor' });
      if (from !== null && from.of !== of) throw new OknoError('mustRefetch');
      let at = { xid: BigInt(from?.xid ?? 0), seq: BigInt(from?.seq ?? 0) };
      const ask = (): Promise<ChangePage> =>
        reading.page(program, limit, 'Изменения', (most) => changePage(pool, { types, scopeKeys, after: at, limit: most }), (page) => page.rows.flatMap(({ type, id, document }) => (document === null ? [] : [{ type, id }])));
      const known = (page: ChangePage): ChangePage => {
        if (page.ahead || (from !== null && from.epoch !== page.epoch)) throw new OknoError('mustRefetch');
        at = page.position;
        return page;
      };
      let page = known(await ask());
      if (page.rows.length === 0 && !page.more && wait > 0) {
        const closed = new AbortController();
        request.raw.on('close', () => closed.abort());
        page = await admission.run(() => untilSomething(parts, page, async () => known(await ask()), AbortSignal.any([closed.signal, AbortSignal.timeout(wait * 1000)])));
      }
      const next: Cursor = { epoch: page.epoch, xid: String(at.xid), seq: String(at.seq), of };
      return {
        // A document of the registry is JSON.
        rows: page.rows.map(({ document, ...row }) => ({ ...row, document: document === null ? null : (parseDocument(row.type, document) as unknown as z.infer<typeof changesAnswerSchema>['rows'][number]['document']) })),
        cursor: signer.sign('changes', next),
        more: page.more,
      };
    },
  );
}

function typesOf(named: string): readonly DocumentName[] {
  return [...new Set(named.split(','))].map((type) => {
    if (!isDocumentName(type)) throw new OknoError('invalidInput', { field: `types: нет вида «${type}»` });
    return type;
  });
}

/** Asks again with each change of the base until there is something for this token, or the signal says that it is enough. */
async function untilSomething({ hints }: Pick<CentreParts, 'hints'>, first: ChangePage, ask: () => Promise<ChangePage>, enough: AbortSignal): Promise<ChangePage> {
  let page = first;
  let changed = false;
  let wake = (): void => undefined;
  const unsubscribe = hints.subscribe(({ kind }) => {
    if (kind !== 'feed') return;
    changed = true;
    wake();
  });
  enough.addEventListener('abort', () => wake(), { once: true });
  try {
    // The first look may have come before the subscription did.
    page = await ask();
    while (page.rows.length === 0 && !enough.aborted) {
      if (page.behind) hints.feedChangesLater();
      if (!changed) await new Promise<void>((resolve) => (enough.aborted ? resolve() : (wake = resolve)));
      if (enough.aborted) break;
      await new Promise((resolve) => setTimeout(resolve, REST_MS));
      changed = false;
      page = await ask();
    }
    return page;
  } finally {
    unsubscribe();
  }
}
