import { z } from 'zod';
import { moscowText } from '../../shared/base/instant.ts';
import { healthSchema, type Health } from '../../shared/protocol/http.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { productVersion } from '../../shared/protocol/version.ts';
import type { ExternalSystem } from '../../shared/protocol/sync.ts';
import { problemAnswers } from './problems.ts';
import { statusPage } from './status-page.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

export function healthRoutes(app: CentreApp, { login, externalSystems, smtpWorks, clock }: CentreParts): void {
  const stand = async (log: { readonly error: (details: object, text: string) => void }): Promise<{ readonly health: Health; readonly systems: readonly ExternalSystem[] }> => {
    const smtp = smtpWorks();
    try {
      const epoch = await login.epoch();
      const systems = await externalSystems.all();
      return { health: { ok: smtp, version: productVersion, epoch, database: true, smtp, external: systems.map(({ system, works }) => ({ system, works })) }, systems };
    } catch (error) {
      log.error({ err: error }, 'health: the database does not answer');
      return { health: { ok: false, version: productVersion, epoch: '', database: false, smtp, external: [] }, systems: [] };
    }
  };

  app.get(paths.health, { config: { isPublic: true, rateLimit: false }, schema: { tags: ['Наблюдение'], summary: 'Готов ли центр работать', response: { 200: healthSchema, 503: healthSchema } } }, async (request, reply) => {
    const { health } = await stand(request.log);
    return reply.status(health.ok ? 200 : 503).send(health);
  });

  // Whoever restarts a dead process must not restart a living one because its database is away.
  app.get(paths.live, { config: { isPublic: true }, schema: { tags: ['Наблюдение'], summary: 'Жив ли процесс', response: { 200: z.object({ ok: z.literal(true) }), ...problemAnswers } } }, () => ({ ok: true as const }));

  app.get(
    paths.status,
    { config: { isPublic: true }, schema: { tags: ['Наблюдение'], summary: 'Состояние центра: страница для людей', response: { 200: { description: 'Страница', content: { 'text/html': { schema: z.string() } } }, ...problemAnswers } } },
    async (request, reply) => {
      const { health, systems } = await stand(request.log);
      const page = statusPage({ health, systems, at: moscowText(clock.now()) });
      return reply.headers({ 'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'", 'cache-control': 'no-store' }).type('text/html; charset=utf-8').serializer(String).send(page);
    },
  );
}
