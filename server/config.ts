import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';

const port = z.coerce.number().int().min(0).max(65535);

/**
 * Every setting of the centre. One name, three spellings: `smtpPort` in the file, `OKNO_SMTP_PORT` in the environment,
 * `--smtp-port` as a flag; a flag wins over the environment, the environment over the file.
 */
export const centreConfigSchema = z.object({
  /** Folder of everything that lives on: database, files, keys. */
  data: z.string().min(1).default('data'),
  host: z.string().default('127.0.0.1'),
  /** 0 = any free port. */
  port: port.default(8420),
  /** PostgreSQL of the company; without it the centre starts its own in `data`. */
  databaseUrl: z.string().nullable().default(null),
  /** 5 connections were faster than 20 (measured). */
  poolSize: z.coerce.number().int().min(1).max(100).default(5),
  /** A session without a request for so long ends. */
  sessionIdleMinutes: z.coerce.number().positive().default(720),
  /** Work without the centre is possible for so long after a login. */
  grantDays: z.coerce.number().positive().default(14),
  /** A new desk must show it; null = any desk may enrol with a valid login. */
  enrolCode: z.string().nullable().default(null),
  loginsPerMinute: z.coerce.number().int().positive().default(20),
  /** Bytes. */
  fileLimit: z.coerce.number().int().positive().default(50 * 1024 * 1024),
  /** The first pause before an effect is repeated; later ones grow from it (×3, ×12, ×60, ×180, ×720). */
  effectPauseMs: z.coerce.number().int().positive().default(5000),
  /** How often the safety net looks for effects that nobody woke. */
  effectSweepSeconds: z.coerce.number().positive().default(60),
  /** How often the ready bases for new desks are made anew; 0 = none are made, desks fill themselves by pages. */
  snapshotHours: z.coerce.number().nonnegative().default(24),
  /** Fewer clients and applications than this are quicker by pages. */
  snapshotLeast: z.coerce.number().int().positive().default(20_000),
  /** JSON list shown at the login screen. */
  demoUsers: z.string().nullable().default(null),
  /** Prometheus shows it as its bearer token; null = /metrics does not exist. */
  metricsToken: z.string().min(16).nullable().default(null),
  /** A query that takes longer is logged, without its values. */
  slowQueryMs: z.coerce.number().int().positive().default(500),
  logLevel: z.enum(['silent', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),

  // Mail
  smtpHost: z.string().default('127.0.0.1'),
  /** Where the mailboxes' letters arrive; 0 = any free port. */
  smtpPort: port.default(2525),
  mailboxClients: z.string().default('clients@rossetimr.example'),
  mailboxRequests: z.string().default('requests@rossetimr.example'),
  /** `smtp://user:password@host:587`; null = the embedded outgoing store. */
  relayUrl: z.string().nullable().default(null),
  /** STARTTLS at the relay of an `smtp://` address: used where it is offered, or demanded. */
  relayTls: z.enum(['offered', 'required']).default('offered'),
  /** File of certificates (PEM) of the company's own authority, trusted for the relay. */
  relayCa: z.string().nullable().default(null),
  /** Letters; 0 = no limit. */
  relayPerMinute: z.coerce.number().int().min(0).default(0),
  relayPerDay: z.coerce.number().int().min(0).default(0),
  relayTimeoutMs: z.coerce.number().int().positive().default(30_000),
  /** The first pause before a mailbox is connected to again; later ones double, up to 5 minutes. */
  mailboxPauseMs: z.coerce.number().int().positive().default(1000),

  // АС ФЭУ
  /** Null = not connected: registrations wait. */
  asfeuUrl: z.string().nullable().default(null),
  asfeuToken: z.string().nullable().default(null),
  asfeuPollSeconds: z.coerce.number().positive().default(5),
  asfeuTimeoutMs: z.coerce.number().int().positive().default(15_000),
});
export type CentreConfig = z.infer<typeof centreConfigSchema>;

export interface CentreArguments {
  readonly config: CentreConfig;
  /** `admin NAME`, `token NAME`, `tokens`, `token-revoke NAME`, `backup DIR`, `restore DIR`, `restored`, or none. */
  readonly words: readonly string[];
  /** Flags of the word `token`, as given. */
  readonly tokenFlags: Readonly<Partial<Record<TokenFlag, string>>>;
}

const tokenFlags = ['scope', 'as', 'roles', 'branches', 'days', 'requests-per-minute', 'rows-per-hour', 'rows-per-day'] as const;
export type TokenFlag = (typeof tokenFlags)[number];

const names = Object.keys(centreConfigSchema.shape);
const dashed = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const envName = (name: string): string => (name === 'databaseUrl' ? 'DATABASE_URL' : `OKNO_${dashed(name).toUpperCase().replaceAll('-', '_')}`);

/** Reads file < environment < flags; a wrong value is named with what to do. */
export function readCentreConfig(argv: readonly string[], env: NodeJS.ProcessEnv): CentreArguments {
  const options = Object.fromEntries([...names.map(dashed), ...tokenFlags, 'config'].map((name) => [name, { type: 'string' as const }]));
  const { values, positionals } = parseFlags(argv, options);
  const file = values['config'] ?? env['OKNO_CONFIG'];
  const fromFile = typeof file === 'string' ? readSettingsFile(file) : {};
  const fromEnv = Object.fromEntries(names.flatMap((name) => (env[envName(name)] ? [[name, env[envName(name)]]] : [])));
  const fromFlags = Object.fromEntries(names.flatMap((name) => (values[dashed(name)] === undefined ? [] : [[name, values[dashed(name)]]])));
  const parsed = centreConfigSchema.safeParse({ ...fromFile, ...fromEnv, ...fromFlags });
  if (!parsed.success) {
    const lines = parsed.error.issues.map(({ path: at, message }) => `  --${dashed(String(at[0] ?? ''))}: ${message}`);
    throw new Error(`Настройки центра заданы неверно:\n${lines.join('\n')}\nИсправьте флаг, переменную окружения или файл настроек.`);
  }
  const ofToken = Object.fromEntries(tokenFlags.flatMap((name) => (typeof values[name] === 'string' ? [[name, values[name]]] : [])));
  const [stray] = Object.keys(ofToken);
  if (stray !== undefined && positionals[0] !== 'token') throw new Error(`Флаг --${stray} относится только к выдаче токена: npm run server -- token ИМЯ --${stray} …`);
  return { config: { ...parsed.data, data: path.resolve(parsed.data.data) }, words: positionals, tokenFlags: ofToken };
}

function parseFlags(argv: readonly string[], options: Readonly<Record<string, { readonly type: 'string' }>>): { readonly values: Readonly<Record<string, unknown>>; readonly positionals: readonly string[] } {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true });
  } catch (error) {
    throw new Error(`Не понимаю флаги: ${error instanceof Error ? error.message : String(error)}\nЕсть: ${Object.keys(options).map((name) => `--${name}`).join(' ')}`, { cause: error });
  }
}

function readSettingsFile(file: string): Readonly<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (error) {
    throw new Error(`Файл настроек ${file} не читается: нужен файл JSON с одним объектом.`, { cause: error });
  }
}
