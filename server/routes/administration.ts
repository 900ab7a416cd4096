import { OknoError } from '../../shared/base/errors.ts';
import type { User } from '../../shared/domain/user/model.ts';
import { centreListSchema, centrePageSchema } from '../../shared/protocol/centre-list.ts';
import { accessLineSchema, sentMailSchema } from '../../shared/protocol/http.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { listAccessLines } from '../db/queries/access-log.ts';
import { listSentMail } from '../db/queries/sent-mail.ts';
import { sessionOf } from './authentication.ts';
import { problemAnswers } from './problems.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

/** «Исходящая почта» holds every letter of the house. */
export function mayReadSentMail({ roles }: Pick<User, 'roles'>): boolean {
  return roles.some((role) => role === 'administrator' || role === 'supervisor' || role === 'mailSupervisor' || role === 'auditor');
}

export function administrationRoutes(app: CentreApp, { pool }: CentreParts): void {
  app.post(paths.sentMail, { schema: { body: centreListSchema, response: { 200: centrePageSchema(sentMailSchema), ...problemAnswers } } }, (request) => {
    if (!mayReadSentMail(sessionOf(request).user)) throw new OknoError('notAllowed', { action: 'Исходящая почта' });
    return listSentMail(pool, request.body);
  });

  app.post(paths.accessLines, { schema: { body: centreListSchema, response: { 200: centrePageSchema(accessLineSchema), ...problemAnswers } } }, (request) => {
    if (!sessionOf(request).user.roles.includes('auditor')) throw new OknoError('notAllowed', { action: 'Журнал доступа' });
    return listAccessLines(pool, request.body);
  });
}
