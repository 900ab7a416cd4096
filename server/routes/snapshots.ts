import { z } from 'zod';
import { OknoError } from '../../shared/base/errors.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { snapshotAnswerSchema, snapshotRequestSchema } from '../../shared/protocol/sync.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';
import { Admission } from '../sync/admission.ts';
import { ownDesk, scopeOf, sessionOf } from './authentication.ts';
import { problemAnswers } from './problems.ts';

const OFFERS = { atOnce: 4, waiting: 60 };
const PARTS = { atOnce: 20, waiting: 100 };
const partOf = z.object({ id: z.string().regex(/^[0-9a-f-]{36}$/), part: z.coerce.number().int().nonnegative() });

const bytes = { description: 'Байты части файла', content: { 'application/octet-stream': { schema: z.instanceof(Buffer).meta({ type: 'string', format: 'binary' }) } } } as const;

/** The ready base for a desk's first fill. */
export function snapshotRoutes(app: CentreApp, { snapshots }: CentreParts): void {
  const [offers, parts] = [new Admission(OFFERS), new Admission(PARTS)];
  app.post(paths.snapshot, { config: { isPolling: true }, schema: { body: snapshotRequestSchema, response: { 200: snapshotAnswerSchema, ...problemAnswers } } }, async (request) => {
    ownDesk(request.body.deskId, sessionOf(request).deskId);
    return { offer: await offers.run(() => snapshots.offer(scopeOf(request), request.body.structure)) };
  });

  app.get(`${paths.snapshot}/:id/:part`, { config: { isPolling: true }, schema: { params: partOf, response: { 200: bytes, ...problemAnswers } } }, async (request, reply) => {
    const { id, part } = request.params;
    const bytes = await parts.run(() => snapshots.part(scopeOf(request), id, part));
    if (bytes === null) throw new OknoError('notFound', { id });
    return reply.headers({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }).type('application/octet-stream').send(bytes);
  });
}
