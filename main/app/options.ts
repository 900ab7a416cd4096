import path from 'node:path';
import { z } from 'zod';

/** How the program was started. */
const optionsSchema = z.object({
  server: z.url({ protocol: /^https?$/, error: 'Укажите адрес центра: --server https://адрес' }),
  profile: z.string(),
  /** File of certificates (PEM) that are trusted besides those known to the program: the company's own authority. */
  ca: z.string().nullable(),
  /** Writes a picture of the window after it is painted, for the first start without a screen. */
  screenshot: z.string().nullable(),
  nativeBinding: z.string().nullable(),
  /** Answers of the dialogs «Открыть» and «Сохранить», for tests. */
  testDialogs: z.string().nullable(),
  /** Holds the seconds without input, for tests. */
  testIdle: z.string().nullable(),
});
export type Options = z.infer<typeof optionsSchema>;

const defaultServer = 'http://127.0.0.1:8420';

function flag(args: readonly string[], name: string): string | null {
  const joined = args.find((arg) => arg.startsWith(`--${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 3);
  const place = args.indexOf(`--${name}`);
  return place < 0 ? null : (args[place + 1] ?? null);
}

/** Flags go before the environment: `--server URL`, `--profile DIR`, `--ca FILE`; OKNO_SERVER, OKNO_PROFILE, OKNO_CA, OKNO_SCREENSHOT, OKNO_SQLITE_BINDING, OKNO_TEST_DIALOGS, OKNO_TEST_IDLE. */
export function readOptions(args: readonly string[], environment: Readonly<Record<string, string | undefined>>, defaultProfile: string): Options {
  const ca = flag(args, 'ca') ?? environment['OKNO_CA'] ?? null;
  return optionsSchema.parse({
    server: flag(args, 'server') ?? environment['OKNO_SERVER'] ?? defaultServer,
    profile: path.resolve(flag(args, 'profile') ?? environment['OKNO_PROFILE'] ?? defaultProfile),
    ca: ca === null ? null : path.resolve(ca),
    screenshot: environment['OKNO_SCREENSHOT'] ?? null,
    nativeBinding: environment['OKNO_SQLITE_BINDING'] ?? null,
    testDialogs: environment['OKNO_TEST_DIALOGS'] ?? null,
    testIdle: environment['OKNO_TEST_IDLE'] ?? null,
  });
}
