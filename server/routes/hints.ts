import { hintSchema } from '../../shared/protocol/sync.ts';
import { paths } from '../../shared/protocol/paths.ts';
import { findSession } from '../db/queries/session.ts';
import { bearerToken, sessionOf } from './authentication.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

const HEARTBEAT_MS = 10_000;

/** The stream of hints (server-sent events): «there is something new», a heartbeat, the end of the session. Never data. */
export function hintRoutes(app: CentreApp, { hints, pool, config }: CentreParts): void {
  const open = new Set<() => void>();
  app.addHook('preClose', async () => {
    for (const close of open) close();
  });

  app.get(paths.hints, { config: { isPolling: true } }, (request, reply) => {
    const { user, sessionId } = sessionOf(request);
    const token = bearerToken(request) ?? '';
    reply.hijack();
    const stream = reply.raw;
    const send = (kind: 'feed' | 'heartbeat' | 'sessionEnded'): void => {
      stream.write(`data: ${JSON.stringify(hintSchema.parse({ kind }))}\n\n`);
    };
    const close = (): void => {
      clearInterval(heartbeat);
      unsubscribe();
      open.delete(close);
      stream.end();
    };
    const end = (): void => {
      send('sessionEnded');
      close();
    };
    const heartbeat = setInterval(() => {
      send('heartbeat');
      // Idled out, logged out, dismissed: whatever ended it, the stream ends too.
      findSession(pool, token, config.sessionIdleMinutes, false).then(
        (session) => {
          if (session === null && open.has(close)) end();
        },
        (error: unknown) => request.log.warn({ err: error }, 'session not checked'),
      );
    }, HEARTBEAT_MS);
    const unsubscribe = hints.subscribe((hint) => {
      if (hint.kind === 'feed') send('feed');
      else if (hint.userId === user.id && hint.except !== sessionId) end();
    });
    open.add(close);
    stream.on('close', close);
    stream.on('error', close);
    stream.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    // One at once: what was committed between the last pull and this moment is not missed.
    send('feed');
  });
}
