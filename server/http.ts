import { randomUUID } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import { fastify, LogController, type FastifyBaseLogger } from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Logger } from 'pino';
import { OknoError } from '../shared/base/errors.ts';
import { administrationRoutes } from './routes/administration.ts';
import { apiChangeRoutes } from './routes/api-changes.ts';
import { apiCommandRoutes } from './routes/api-commands.ts';
import { apiDocumentRoutes } from './routes/api-documents.ts';
import { requireLogin } from './routes/authentication.ts';
import type { CentreApp, CentreParts } from './centre-app.ts';
import { documentRoutes } from './routes/documents.ts';
import { fileRoutes } from './routes/files.ts';
import { healthRoutes } from './routes/health.ts';
import { hintRoutes } from './routes/hints.ts';
import { apiPageRoutes, describeApi } from './routes/openapi.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { answerProblems } from './routes/problems.ts';
import { mailboxRoutes } from './routes/mailboxes.ts';
import { searchRoutes } from './routes/search.ts';
import { sessionRoutes } from './routes/session.ts';
import { snapshotRoutes } from './routes/snapshots.ts';
import { syncRoutes } from './routes/sync.ts';

/** The HTTP API over the parts; it does not listen yet. */
export async function buildHttp(parts: CentreParts, log: Logger): Promise<CentreApp> {
  const app: CentreApp = fastify({
    loggerInstance: log as FastifyBaseLogger, // so that the routes' type names no logger of ours
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => randomUUID(),
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300 },
  }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerProblems(app);
  await app.register(rateLimit, { global: false, errorResponseBuilder: () => new OknoError('tooManyRequests') });
  await describeApi(app);
  requireLogin(app, parts);
  for (const routes of [metricsRoutes, healthRoutes, sessionRoutes, syncRoutes, snapshotRoutes, hintRoutes, fileRoutes, documentRoutes, searchRoutes, administrationRoutes, mailboxRoutes, apiDocumentRoutes, apiCommandRoutes, apiChangeRoutes]) routes(app, parts);
  await apiPageRoutes(app);
  await app.ready();
  return app;
}
