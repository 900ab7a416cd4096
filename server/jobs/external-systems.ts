import type { ExternalSystem } from '../../shared/protocol/sync.ts';

/** What the adapters know of the other side: shown in the status line of every desk and by /health. */
export interface ExternalSystems {
  /** Called by an adapter whenever it learns something; `since` is kept by this registry. */
  readonly report: (system: string, state: { readonly title: string; readonly works: boolean; readonly detail: string }) => void;
  /** The system is no longer one of ours: it is not shown any more. */
  readonly forget: (system: string) => void;
  /** `waiting`: effects of the system's kinds that are not finished. */
  readonly all: () => Promise<readonly ExternalSystem[]>;
}
