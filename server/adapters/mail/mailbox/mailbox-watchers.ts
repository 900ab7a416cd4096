import { mailboxSchema, type Mailbox } from '../../../../shared/domain/mailbox/model.ts';
import { needsLogin } from '../../../../shared/domain/mailbox/rules.ts';
import type { CentreTools } from '../../adapter.ts';
import type { IntakeJournal } from '../intake-journal.ts';
import type { AccessTokens } from './access-token.ts';
import { describeMailboxProblem } from './describe-problem.ts';
import { folderPositions } from './folder-position.ts';
import { watchFolder, type Watcher } from './folder-watcher.ts';
import type { MailboxSecrets } from './mailbox-secrets.ts';
import { claimMailboxes } from './watch-claims.ts';

/** After a change of anything in the base the mailboxes are looked at, at most this often. */
const REST_MS = 1_000;
/** Mailboxes of a process that died, and secrets that another process stored, are noticed within this time. */
const LOOK_MS = 5_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
/** How often a folder is looked into though its server said nothing. */
const SWEEP_MS = 60_000;

export interface MailboxWatchers {
  /** Something may have changed. */
  readonly wake: () => void;
  /** Active mailboxes as of the last look. */
  readonly mailboxes: () => readonly Mailbox[];
  readonly stop: () => Promise<void>;
}

export interface WatchersDependencies {
  readonly tools: CentreTools;
  readonly journal: IntakeJournal;
  readonly secrets: MailboxSecrets;
  readonly tokens: AccessTokens;
  readonly onTaken: () => void;
}

/** The key of a mailbox among the external systems. */
export function systemOf(mailboxId: string): string {
  return `mailbox:${mailboxId}`;
}

async function activeMailboxes(tools: CentreTools): Promise<readonly Mailbox[]> {
  const [found] = await tools.read([{ kind: 'find', type: 'mailbox', index: 'byActive', key: 'yes' }]);
  return mailboxSchema.array().parse(found ?? []);
}

interface Running {
  /** Settings and secrets that it was started with. */
  readonly key: string;
  readonly watchers: readonly Watcher[];
}

/** Watches every folder of every active mailbox that is this process's, and starts anew those whose settings or secrets change. */
export async function startMailboxWatchers(dependencies: WatchersDependencies): Promise<MailboxWatchers> {
  const { tools, secrets } = dependencies;
  const { pool, log, runner, externalSystems } = tools;
  const positions = folderPositions(pool);
  const running = new Map<string, Running>();
  let active: readonly Mailbox[] = [];
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> = Promise.resolve();

  const start = async (mailbox: Mailbox, key: string): Promise<Running> => {
    const title = `Ящик ${mailbox.address}`;
    const problems = new Map<string, string | null>();
    const report = (folder: string, problem: string | null): void => {
      if (problem !== null && problems.get(folder) !== problem) log.warn({ mailbox: mailbox.id, folder, problem }, 'mailbox');
      problems.set(folder, problem);
      const found = [...new Set([...problems.values()].filter((one) => one !== null))];
      externalSystems.report(systemOf(mailbox.id), { title, works: found.length === 0, detail: found.join(' ') });
    };
    let secret;
    try {
      secret = (await secrets.read(mailbox.id))?.secret ?? {};
    } catch (error) {
      report('', error instanceof Error ? error.message : String(error));
      return { key, watchers: [] };
    }
    const watchers = mailbox.folders.map((folder) =>
      watchFolder({
        mailbox, folder, tools, positions,
        journal: dependencies.journal,
        onTaken: dependencies.onTaken,
        login: { mailbox, secret, tokens: dependencies.tokens, timeoutMs: tools.config.relayTimeoutMs },
        firstPauseMs: tools.config.mailboxPauseMs,
        longestPauseMs: Math.max(LONGEST_PAUSE_MS, tools.config.mailboxPauseMs),
        sweepMs: SWEEP_MS,
        report: (problem) => report(folder, problem),
        describe: (error) => describeMailboxProblem(error, { host: mailbox.imapHost, port: mailbox.imapPort }),
      }),
    );
    return { key, watchers };
  };

  const end = async (id: string): Promise<void> => {
    const one = running.get(id);
    running.delete(id);
    await Promise.all(one?.watchers.map((watcher) => watcher.stop()) ?? []);
  };

  const look = async (): Promise<void> => {
    if (stopped) return;
    const [mailboxes, versions] = await Promise.all([activeMailboxes(tools), secrets.versions()]);
    active = mailboxes;
    const receiving = mailboxes.filter(({ receives }) => receives);
    const own = await claimMailboxes(pool, runner, receiving.map(({ id }) => id));
    const wanted = new Map(receiving.filter(({ id }) => own.has(id)).map((mailbox) => [mailbox.id, { mailbox, key: JSON.stringify([mailbox, versions.get(mailbox.id)]) }]));
    await Promise.all([...running].filter(([id, { key }]) => wanted.get(id)?.key !== key).map(([id]) => end(id)));
    for (const [id, { mailbox, key }] of wanted) if (!running.has(id)) running.set(id, await start(mailbox, key));
    const shown = new Set(mailboxes.filter(needsLogin).flatMap(({ id }) => [systemOf(id), `${systemOf(id)}:out`]));
    for (const { system } of await externalSystems.all()) if (system.startsWith('mailbox:') && !shown.has(system)) externalSystems.forget(system);
  };
  const lookNow = (): Promise<void> => {
    working = working.then(look).catch((error: unknown) => log.error({ err: error }, 'mailboxes could not be looked at'));
    return working;
  };
  const wake = (): void => {
    if (stopped) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void lookNow();
    }, REST_MS);
  };
  const unsubscribe = tools.onFeed(wake);
  const regularly = setInterval(() => void lookNow(), LOOK_MS);
  await lookNow();
  return {
    wake,
    mailboxes: () => active,
    stop: async () => {
      stopped = true;
      unsubscribe();
      clearTimeout(timer);
      clearInterval(regularly);
      await working;
      await Promise.all([...running.keys()].map(end));
    },
  };
}
