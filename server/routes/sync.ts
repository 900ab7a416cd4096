import { z } from 'zod';
import { paths } from '../../shared/protocol/paths.ts';
import { accessLogRequestSchema, leaseAnswerSchema, leaseRequestSchema, pullRequestSchema, pullResponseSchema, pushRequestSchema, pushResponseSchema } from '../../shared/protocol/sync.ts';
import { addAccessEntries } from '../db/queries/access-log.ts';
import { writeSecurityEvent } from '../db/queries/security-log.ts';
import { ownDesk, scopeOf, sessionOf } from './authentication.ts';
import { problemAnswers } from './problems.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';
import { Admission } from '../sync/admission.ts';

/** Bytes of one push: 200 commands, a few of them with long texts. */
const PUSH_LIMIT = 32 * 1024 * 1024;

/** Several times the connections to the database, and what is answered well within a desk's patience. */
const PUSHES = { atOnce: 20, waiting: 100 };
const PULLS = { atOnce: 10, waiting: 60 };

export function syncRoutes(app: CentreApp, { push, pull, pool, pageStreams }: CentreParts): void {
  const [pushes, pulls] = [new Admission(PUSHES), new Admission(PULLS)];
  app.post(paths.push, { bodyLimit: PUSH_LIMIT, schema: { body: pushRequestSchema, response: { 200: pushResponseSchema, ...problemAnswers } } }, (request) => {
    ownDesk(request.body.deskId, sessionOf(request).deskId);
    return pushes.run(() => push.push(request.body));
  });

  app.post(
    paths.pull,
    // A page holds thousands of documents that came out of the base as they went in: they are not checked once more.
    { config: { isPolling: true }, schema: { body: pullRequestSchema, response: { 200: pullResponseSchema, ...problemAnswers } }, serializerCompiler: () => JSON.stringify },
    async (request) => {
      const { deskId, sessionId } = sessionOf(request);
      ownDesk(request.body.deskId, deskId);
      const scopeKeys = scopeOf(request);
      const response = await pulls.run(() => pull.pull(request.body, scopeKeys));
      pageStreams.given(sessionId, request.body, scopeKeys, response);
      return response;
    },
  );

  app.post(paths.lease, { config: { isPolling: true }, schema: { body: leaseRequestSchema, response: { 200: leaseAnswerSchema, ...problemAnswers } } }, async (request) => {
    ownDesk(request.body.deskId, sessionOf(request).deskId);
    return { lease: await pull.lease(request.body) };
  });

  app.post(paths.accessLog, { config: { isPolling: true }, bodyLimit: PUSH_LIMIT, schema: { body: accessLogRequestSchema, response: { 200: z.object({}), ...problemAnswers } } }, async (request) => {
    const { user, deskId } = sessionOf(request);
    ownDesk(request.body.deskId, deskId);
    const { broken } = await addAccessEntries(pool, deskId, user.id, request.body.entries);
    if (broken > 0) await writeSecurityEvent(pool, { kind: 'accessChainBroken', userId: user.id, deskId, details: { broken } });
    return {};
  });
}
