import type { FastifyError } from 'fastify';
import type { FastifySchemaValidationError } from 'fastify/types/schema.js';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { describeRefusal, OknoError, refusal, type ErrorCode, type Refusal } from '../../shared/base/errors.ts';
import { problemSchema } from '../../shared/protocol/http.ts';
import { LimitReached } from '../sync/reading-limits.ts';
import { Overloaded } from '../sync/admission.ts';
import type { CentreApp } from '../centre-app.ts';

/** What every route may answer instead of its own: a refusal, a failure. */
export const problemAnswers = { '4xx': problemSchema, '5xx': problemSchema } as const;

const statusOf: Partial<Record<ErrorCode, number>> = {
  invalidInput: 400, badEnvelope: 400, badCredentials: 401, sessionEnded: 401, notAllowed: 403, deskRejected: 403, notFound: 404, fileMissing: 404,
  mustRefetch: 410,
  tokenInvalid: 401, tokenScope: 403, readingLimit: 429, programTooOld: 426, tooManyRequests: 429, internal: 500,
};

/** Errors of a database that is away for a while: the desk keeps its queue and asks again. */
function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return /^(?:ECONN|EPIPE|ENOENT|08|57P|53)/.test(code) || /timeout exceeded when trying to connect|Connection terminated/.test(error.message);
}

function refusalOf(error: FastifyError | Error): { readonly reason: Refusal; readonly status: number } {
  if (error instanceof OknoError) return { reason: error.refusal, status: statusOf[error.code] ?? 409 };
  if (error instanceof Overloaded) return { reason: refusal('tooManyRequests'), status: 503 };
  if (hasZodFastifySchemaValidationErrors(error)) return { reason: refusal('invalidInput', { field: fieldOf(error.validation[0]) }), status: 400 };
  const status = 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
  if (status === 429) return { reason: refusal('tooManyRequests'), status };
  if (status >= 400 && status < 500) return { reason: refusal('invalidInput', { field: '' }), status };
  return { reason: refusal('internal'), status: isUnavailable(error) ? 503 : 500 };
}

/** The place of the first wrong value; for members that nobody knows their names. */
function fieldOf(first: FastifySchemaValidationError | undefined): string {
  const unknown = first?.keyword === 'unrecognized_keys' ? first.params['keys'] : undefined;
  if (Array.isArray(unknown)) return unknown.join(', ');
  return first?.instancePath.replaceAll('/', '.').slice(1) ?? '';
}

/** The one error handler: every failure leaves as a problem with a code; what happened inside goes to the log only. */
export function answerProblems(app: CentreApp): void {
  app.setErrorHandler<FastifyError | Error>((error, request, reply) => {
    const { reason, status } = refusalOf(error);
    if (status >= 500 && !(error instanceof Overloaded)) request.log.error({ err: error }, 'request failed');
    else request.log.info({ code: reason.code, status }, 'request refused');
    if (status === 503) void reply.header('retry-after', error instanceof Overloaded ? String(error.retryAfterSeconds) : '5');
    if (error instanceof LimitReached) void reply.header('retry-after', String(error.retryAfterSeconds));
    return reply.status(status).send(problem(reason, request.id));
  });
  app.setNotFoundHandler((request, reply) => reply.status(404).send(problem(refusal('notFound'), request.id)));
}

function problem(reason: Refusal, requestId: string): unknown {
  return { refusal: reason, ...describeRefusal(reason), requestId };
}
