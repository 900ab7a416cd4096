import { healthSchema } from '../../shared/protocol/http.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { productVersion } from '../../shared/protocol/version.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

export function healthRoutes(app: CentreApp, { login, externalSystems, smtpWorks }: CentreParts): void {
  app.get(paths.health, { config: { isPublic: true, rateLimit: false }, schema: { response: { 200: healthSchema, 503: healthSchema } } }, async (request, reply) => {
    const smtp = smtpWorks();
    try {
      const epoch = await login.epoch();
      const external = (await externalSystems.all()).map(({ system, works }) => ({ system, works }));
      return await reply.status(smtp ? 200 : 503).send({ ok: smtp, version: productVersion, epoch, database: true, smtp, external });
    } catch (error) {
      request.log.error({ err: error }, 'health: the database does not answer');
      return reply.status(503).send({ ok: false, version: productVersion, epoch: '', database: false, smtp, external: [] });
    }
  });
}
