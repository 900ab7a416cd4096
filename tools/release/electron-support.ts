/** Electron keeps its newest three stable majors: https://www.electronjs.org/docs/latest/tutorial/electron-timelines */
const supportedMajors = 3;
/** A new major comes every eight weeks. */
const betweenMajorsMs = 56 * 86_400_000;

export interface ElectronSupport {
  readonly isSupported: boolean;
  /** Stable majors newer than ours that were out on the date, oldest first; after `knownAt` those expected by Electron's calendar too. */
  readonly newer: readonly number[];
  /** The newest version of our own major on the date, by the order of numbers; ours when there is none. */
  readonly newestOfMajor: string;
}

interface Question {
  readonly version: string;
  readonly published: Readonly<Record<string, string>>;
  readonly knownAt: number;
  readonly at: number;
}

interface Published {
  readonly version: readonly [number, number, number];
  readonly at: number;
}

function stableVersion(text: string): Published['version'] | null {
  const found = /^(\d+)\.(\d+)\.(\d+)$/.exec(text);
  return found === null ? null : [Number(found[1]), Number(found[2]), Number(found[3])];
}

function byNumber({ version: a }: Published, { version: b }: Published): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
}

/** Majors that are not out yet at `knownAt` and will be at `at`. */
function expectedMajors(out: readonly Published[], knownAt: number, at: number): number[] {
  const last = out.at(-1)?.version[0];
  const first = out.find((one) => one.version[0] === last);
  if (last === undefined || first === undefined || at <= knownAt) return [];
  return Array.from({ length: Math.max(0, Math.floor((at - first.at) / betweenMajorsMs)) }, (_, n) => last + 1 + n);
}

/**
 * Whether Electron `version` still receives its security fixes on the date `at` (ms since 1970): fewer than three newer stable majors are out.
 * `published`: version → ISO time, as the registry told it at `knownAt`; what is not a stable version is passed over. Throws RangeError for a version that is not stable.
 */
export function electronSupport({ version, published, knownAt, at }: Question): ElectronSupport {
  const own = stableVersion(version);
  if (own === null) throw new RangeError(`Electron ${version} – не стабильная версия: поставляется только стабильная`);
  const out = Object.entries(published)
    .flatMap(([text, time]): Published[] => {
      const stable = stableVersion(text);
      return stable === null || !(Date.parse(time) <= at) ? [] : [{ version: stable, at: Date.parse(time) }];
    })
    .toSorted(byNumber);
  const newer = [...new Set([...out.map((one) => one.version[0]), ...expectedMajors(out, knownAt, at)])].filter((major) => major > own[0]);
  const newest = out.findLast((one) => one.version[0] === own[0]);
  return { isSupported: newer.length < supportedMajors, newer, newestOfMajor: newest === undefined ? version : newest.version.join('.') };
}
