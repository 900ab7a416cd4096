import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { OknoError } from '../../shared/base/errors.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { problemAnswers } from './problems.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

/** For Prometheus, with a secret of its own; without one configured the address does not exist. */
export function metricsRoutes(app: CentreApp, { config, pool, metrics, externalSystems }: CentreParts): void {
  app.addHook('onResponse', async (request, reply) => metrics.requestDone(request.method, request.routeOptions.url ?? 'unknown', reply.statusCode, reply.elapsedTime / 1000));

  app.get(
    paths.metrics,
    { config: { isPublic: true }, schema: { tags: ['Наблюдение'], summary: 'Показатели для Prometheus', response: { 200: { description: 'Показатели', content: { 'text/plain': { schema: z.string() } } }, ...problemAnswers } } },
    async (request, reply) => {
      if (config.metricsToken === null) throw new OknoError('notFound');
      if (!same(request.headers.authorization ?? '', `Bearer ${config.metricsToken}`)) throw new OknoError('tokenInvalid', { reason: 'показатели открывает только --metrics-token' });
      const text = await metrics.text(pool, () => externalSystems.all());
      return reply.type(metrics.registry.contentType).serializer(String).send(text);
    },
  );
}

function same(given: string, expected: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(expected)];
  return a.length === b.length && timingSafeEqual(a, b);
}
