import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { OknoError } from '../../shared/base/errors.ts';
import { mailboxProblem, tidyMailbox } from '../../shared/domain/mailbox/rules.ts';
import { mailboxCheckRequestSchema, mailboxCheckSchema, mailboxSecretNamesSchema, setMailboxSecretsSchema } from '../../shared/protocol/http.ts';
import { paths } from '../../shared/protocol/paths.ts';
import type { MailboxService } from '../adapters/mailbox-service.ts';
import { writeSecurityEvent } from '../db/queries/security-log.ts';
import { bearerToken, sessionOf } from './authentication.ts';
import { problemAnswers } from './problems.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

/** Each goes out to other servers. */
const CHECKS_PER_MINUTE = 30;

/** Nothing of a secret ever enters a document, the history, the feed, a log or an answer: so these are no commands. */
export function mailboxRoutes(app: CentreApp, { pool, mailboxes }: CentreParts): void {
  const serviceFor = (request: Pick<FastifyRequest, 'session'>): MailboxService => {
    if (!sessionOf(request).user.roles.includes('administrator')) throw new OknoError('notAllowed', { action: 'Почтовые ящики' });
    if (mailboxes === null) throw new OknoError('externalDown', { system: 'Почта' });
    return mailboxes;
  };

  app.post(paths.mailboxSecrets, { schema: { body: setMailboxSecretsSchema, response: { 200: z.object({}), ...problemAnswers } } }, async (request) => {
    const service = serviceFor(request);
    const { mailboxId, secrets } = request.body;
    await service.setSecrets(mailboxId, Object.fromEntries(Object.entries(secrets).filter(([, value]) => value !== undefined)));
    const { user, deskId } = sessionOf(request);
    await writeSecurityEvent(pool, { kind: 'mailboxSecretSet', userId: user.id, deskId, details: { mailboxId, names: Object.keys(secrets) } });
    return {};
  });

  app.get('/api/v1/mailboxes/:id/secrets', { schema: { params: z.object({ id: z.string().max(300) }), response: { 200: mailboxSecretNamesSchema, ...problemAnswers } } }, async (request) => ({
    names: [...(await serviceFor(request).secretNames(request.params.id))],
  }));

  app.post(
    paths.mailboxCheck,
    { config: { rateLimit: { max: CHECKS_PER_MINUTE, timeWindow: '1 minute', keyGenerator: (request) => bearerToken(request) ?? request.ip } }, schema: { body: mailboxCheckRequestSchema, response: { 200: mailboxCheckSchema, ...problemAnswers } } },
    (request) => {
      const service = serviceFor(request);
      const { mailbox } = request.body;
      const problem = mailboxProblem(tidyMailbox(mailbox));
      if (problem !== null) throw new OknoError(problem.code, problem.details);
      return service.check(mailbox);
    },
  );
}
