import { scopeKeysOf } from '../../shared/base/scope.ts';
import { hintQuerySchema, hintSchema, type Hint } from '../../shared/protocol/sync.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { findSession } from '../db/queries/session.ts';
import { PageStream } from '../sync/page-stream.ts';
import { bearerToken, sessionOf } from './authentication.ts';
import { problemAnswers } from './problems.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

const HEARTBEAT_MS = 10_000;

/** Bytes on their way to a desk above which it is only told that there is something new. */
const CLOGGED_BYTES = 256 * 1024;

/** The stream of hints (server-sent events): «there is something new» or the page that it is, a heartbeat, the end of the session. */
export function hintRoutes(app: CentreApp, { hints, pool, config, pull, pageStreams, metrics }: CentreParts): void {
  const open = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const close of open) close();
  });

  app.get(paths.hints, { config: { isPolling: true }, schema: { querystring: hintQuerySchema, response: { 200: { description: 'Поток событий: в каждом data — подсказка', content: { 'text/event-stream': { schema: hintSchema } } }, ...problemAnswers } } }, (request, reply) => {
    const { user, sessionId } = sessionOf(request);
    const token = bearerToken(request) ?? '';
    reply.hijack();
    const stream = reply.raw;
    const send = (hint: Hint): void => {
      stream.write(`data: ${JSON.stringify(hint)}\n\n`);
    };
    const pages = new PageStream({
      pull: (asked, scopeKeys) => pull.pull(asked, scopeKeys),
      follow: (...followed) => pull.follow(...followed),
      scopeNow: async () => {
        const session = await findSession(pool, token, config.sessionIdleMinutes, false);
        return session === null ? null : scopeKeysOf({ userId: session.user.id, roles: session.user.roles, branchIds: session.user.branchIds });
      },
      send,
      isClogged: () => stream.writableLength > CLOGGED_BYTES,
      failed: (error) => request.log.warn({ err: error }, 'page not read for the stream'),
    });
    const close = (): void => {
      clearInterval(heartbeat);
      unsubscribe();
      pageStreams.close(sessionId, pages);
      if (open.delete(close)) metrics.desksConnected.dec();
      stream.end();
    };
    const end = (): void => {
      send({ kind: 'sessionEnded' });
      close();
    };
    const heartbeat = setInterval(() => {
      send({ kind: 'heartbeat' });
      // Idled out, logged out, dismissed: whatever ended it, the stream ends too.
      findSession(pool, token, config.sessionIdleMinutes, false).then(
        (session) => {
          if (session === null && open.has(close)) end();
        },
        (error: unknown) => request.log.warn({ err: error }, 'session not checked'),
      );
    }, HEARTBEAT_MS);
    const unsubscribe = hints.subscribe((hint) => {
      if (hint.kind === 'feed') void (hint.step === undefined ? pages.feedChanged() : pages.committed(hint.step));
      else if (hint.userId === user.id && hint.except !== sessionId) end();
    });
    open.add(close);
    metrics.desksConnected.inc();
    if (request.query.pages === 'yes') pageStreams.open(sessionId, pages); // else it never learns where the desk stands
    stream.on('close', close);
    stream.on('error', close);
    stream.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    // One at once: what was committed between the last pull and this moment is not missed.
    send({ kind: 'feed' });
  });
}
