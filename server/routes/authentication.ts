import type { FastifyRequest } from 'fastify';
import { OknoError } from '../../shared/base/errors.ts';
import { scopeKeysOf } from '../../shared/base/scope.ts';
import { findSession, type Session } from '../db/queries/session.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

export function bearerToken({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  return /^Bearer ([\w-]{20,100})$/.exec(headers.authorization ?? '')?.[1] ?? null;
}

/** Every route needs a login unless it says itself that it is public. */
export function requireLogin(app: CentreApp, { pool, config }: CentreParts): void {
  app.decorateRequest('session', null);
  app.addHook('onRequest', async (request) => {
    const { isPublic, isPolling } = request.routeOptions.config;
    if (isPublic === true || request.is404) return;
    const token = bearerToken(request);
    request.session = token === null ? null : await findSession(pool, token, config.sessionIdleMinutes, isPolling !== true);
    if (request.session === null) throw new OknoError('sessionEnded');
  });
}

/** The session of a route that needs a login. */
export function sessionOf(request: Pick<FastifyRequest, 'session'>): Session {
  if (request.session === null) throw new OknoError('sessionEnded');
  return request.session;
}

/** What the user may receive now. */
export function scopeOf(request: Pick<FastifyRequest, 'session'>): readonly string[] {
  const { user } = sessionOf(request);
  return scopeKeysOf({ userId: user.id, roles: user.roles, branchIds: user.branchIds });
}

/** A session speaks for the desk that it was opened at, and for no other. */
export function ownDesk(named: string, own: string): void {
  if (named !== own) throw new OknoError('deskRejected');
}
