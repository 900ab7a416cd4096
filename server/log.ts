import { pino, type DestinationStream, type Logger } from 'pino';

/** Members that may hold personal data or secrets, wherever they stand in a log line. */
const personal = [
  'password', 'newPassword', 'token', 'grant', 'authorization', 'keyEscrow', 'dataKey', 'input', 'document', 'body', 'text', 'subject', 'content', 'from', 'to', 'cc', 'address', 'email', 'phone',
  'lastName', 'firstName', 'middleName', 'inn', 'login', 'detail',
];

/** Logs as JSON lines on standard error (standard output is for the ready line), personal data left out. */
export function openLog(level: string, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: null,
      redact: { paths: [...personal, ...personal.map((name) => `*.${name}`), 'req.headers.authorization'], censor: '[скрыто]' },
      serializers: {
        // Addresses of requests hold ids only, but a query may hold what somebody searches for.
        req: (request: { readonly method?: string; readonly url?: string }) => ({ method: request.method, path: request.url?.split('?')[0] }),
        err: safeError,
      },
    },
    destination,
  );
}

/** PostgreSQL's `detail` and zod's messages quote values: only what names the place is kept. */
function safeError(error: unknown): unknown {
  if (!(error instanceof Error)) return { type: typeof error };
  const code = 'code' in error ? error.code : undefined;
  const place = 'constraint' in error ? error.constraint : undefined;
  const message = error.name === 'ZodError' || error.name === '$ZodError' ? 'schema mismatch' : error.message;
  return { type: error.name, message, code, place, stack: error.stack?.split('\n').filter((line) => line.trimStart().startsWith('at ')).slice(0, 12).join('\n'), cause: error.cause === undefined ? undefined : safeError(error.cause) };
}
