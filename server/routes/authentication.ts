import type { FastifyRequest } from 'fastify';
import { OknoError } from '../../shared/base/errors.ts';
import { scopeKeysOf } from '../../shared/base/scope.ts';
import { documentNames, type DocumentName } from '../../shared/domain/documents.ts';
import type { User } from '../../shared/domain/user/model.ts';
import { deskOfProgram, isProgramToken, programOfToken, type Program } from '../auth/program.ts';
import { covers } from '../auth/token-scope.ts';
import { findSession, type Session } from '../db/queries/session.ts';
import { RequestLimit } from '../sync/reading-limits.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

export function bearerToken({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  return /^Bearer ([\w-]{20,100})$/.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** Every route needs a login unless it says itself that it is public; a program's token opens those that say so. */
export function requireLogin(app: CentreApp, { pool, config, clock }: CentreParts): void {
  const requests = new RequestLimit();
  app.decorateRequest('session', null);
  app.decorateRequest('program', null);
  app.addHook('onRequest', async (request) => {
    const { isPublic, isPolling, programs } = request.routeOptions.config;
    if (isPublic === true || request.is404) return;
    const token = bearerToken(request);
    if (token !== null && isProgramToken(token)) {
      const now = Date.parse(clock.now());
      const program = await programOfToken(pool, token, now);
      requests.count(program.tokenId, program.limits.requestsPerMinute, now);
      if (programs === undefined) throw new OknoError('notAllowed', { action: 'этот адрес – только для рабочих мест' });
      request.program = program;
      return;
    }
    if (programs === 'only') throw new OknoError('tokenInvalid', { reason: 'в заголовке Authorization нет токена (Bearer okno_…)' });
    request.session = token === null ? null : await findSession(pool, token, config.sessionIdleMinutes, isPolling !== true);
    if (request.session === null) throw new OknoError('sessionEnded');
  });
}

type Known = Pick<FastifyRequest, 'session' | 'program'>;

/** The session of a route that needs a login. */
export function sessionOf(request: Pick<FastifyRequest, 'session'>): Session {
  if (request.session === null) throw new OknoError('sessionEnded');
  return request.session;
}

/** The program of a route that is for programs only. */
export function programOf({ program }: Pick<FastifyRequest, 'program'>): Program {
  if (program === null) throw new OknoError('tokenInvalid', { reason: 'в заголовке Authorization нет токена (Bearer okno_…)' });
  return program;
}

/** Who asks, at a desk or by a program. */
export function callerOf(request: Known): { readonly user: User; readonly deskId: string } {
  return request.program === null ? sessionOf(request) : { user: request.program.user, deskId: deskOfProgram(request.program) };
}

/** What whoever asks may receive now. */
export function scopeOf(request: Known): readonly string[] {
  const { user } = callerOf(request);
  return scopeKeysOf({ userId: user.id, roles: user.roles, branchIds: user.branchIds });
}

/** A session speaks for the desk that it was opened at, and for no other. */
export function ownDesk(named: string, own: string): void {
  if (named !== own) throw new OknoError('deskRejected');
}

/** The kinds of documents that whoever asks may read at all. */
export function readableTypes({ program }: Known): readonly DocumentName[] {
  return program === null ? documentNames : documentNames.filter((name) => covers(program.scope.read, name));
}

/** Throws `tokenScope` if a program may not read documents of this kind. */
export function mayReadType({ program }: Known, type: DocumentName, title: string): void {
  if (program !== null && !covers(program.scope.read, type)) throw new OknoError('tokenScope', { action: `читать «${title}»`, scope: `read:${type}` });
}
