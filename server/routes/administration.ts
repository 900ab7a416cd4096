import { z } from 'zod';
import { OknoError } from '../../shared/base/errors.ts';
import type { User } from '../../shared/domain/user/model.ts';
import { accessLineSchema, problemSchema, sentMailSchema } from '../../shared/protocol/http.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { listAccessLines } from '../db/queries/access-log.ts';
import { listSentMail } from '../db/queries/sent-mail.ts';
import { sessionOf } from './authentication.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

/** «Исходящая почта» holds every letter of the house. */
export function mayReadSentMail({ roles }: Pick<User, 'roles'>): boolean {
  return roles.some((role) => role === 'administrator' || role === 'supervisor' || role === 'mailSupervisor' || role === 'auditor');
}

const page = { offset: z.coerce.number().int().nonnegative().default(0), limit: z.coerce.number().int().min(1).max(500).default(100) };
const query = z.object({ search: z.string().max(200).default(''), ...page });
const accessQuery = z.object({ documentType: z.string().max(100).default(''), documentId: z.string().max(300).default(''), ...page });

export function administrationRoutes(app: CentreApp, { pool }: CentreParts): void {
  app.get(paths.sentMail, { schema: { querystring: query, response: { 200: z.object({ rows: z.array(sentMailSchema), total: z.number().int() }), '4xx': problemSchema } } }, (request) => {
    if (!mayReadSentMail(sessionOf(request).user)) throw new OknoError('notAllowed', { action: 'Исходящая почта' });
    return listSentMail(pool, request.query);
  });

  app.get(paths.accessLog, { schema: { querystring: accessQuery, response: { 200: z.object({ rows: z.array(accessLineSchema), total: z.number().int() }), '4xx': problemSchema } } }, (request) => {
    if (!sessionOf(request).user.roles.includes('auditor')) throw new OknoError('notAllowed', { action: 'Журнал доступа' });
    return listAccessLines(pool, request.query);
  });
}
