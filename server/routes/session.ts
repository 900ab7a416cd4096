import { z } from 'zod';
import { OknoError } from '../../shared/base/errors.ts';
import { loginRequestSchema, loginResponseSchema, setPasswordSchema, welcomeSchema } from '../../shared/protocol/http.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { oldestServedProtocol, productVersion, protocolVersion } from '../../shared/protocol/version.ts';
import { logIn, setPassword } from '../auth/login.ts';
import { writeSecurityEvent } from '../db/queries/security-log.ts';
import { endSession } from '../db/queries/session.ts';
import { userExists } from '../db/queries/user-secret.ts';
import { bearerToken, sessionOf } from './authentication.ts';
import { problemAnswers } from './problems.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

const done = z.object({});

export function sessionRoutes(app: CentreApp, { config, pool, login, demoUsers, endSessions }: CentreParts): void {
  app.get(paths.welcome, { config: { isPublic: true }, schema: { response: { 200: welcomeSchema, ...problemAnswers } } }, () => ({
    protocol: protocolVersion, oldestProtocol: oldestServedProtocol, version: productVersion, demoUsers,
  }));

  app.post(
    paths.session,
    {
      config: { isPublic: true, rateLimit: { max: config.loginsPerMinute, timeWindow: '1 minute' } },
      schema: { body: loginRequestSchema, response: { 200: loginResponseSchema, ...problemAnswers } },
    },
    (request) => logIn(login, request.body),
  );

  app.delete(paths.session, { schema: { response: { 200: done, ...problemAnswers } } }, async (request) => {
    const { user, deskId } = sessionOf(request);
    await endSession(pool, bearerToken(request) ?? '');
    await writeSecurityEvent(pool, { kind: 'logout', userId: user.id, deskId, details: {} });
    return {};
  });

  // Nothing of a password ever enters a document, the history or the feed: so this is no command.
  app.post(paths.setPassword, { schema: { body: setPasswordSchema, response: { 200: done, ...problemAnswers } } }, async (request) => {
    const { user, deskId } = sessionOf(request);
    if (!user.roles.includes('administrator')) throw new OknoError('notAllowed', { action: 'Назначить пароль' });
    const { userId, password, oneTime } = request.body;
    if (!(await userExists(pool, userId))) throw new OknoError('notFound');
    await setPassword(pool, userId, password, oneTime, { byUserId: user.id, deskId });
    if (userId !== user.id) await endSessions(userId);
    return {};
  });
}
