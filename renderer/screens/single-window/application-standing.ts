import { applicationStageTitles, type Application } from '../../../shared/domain/application/model.ts';
import { isApplicationOver } from '../../../shared/domain/application/rules.ts';
import type { Tone } from '../../ui/badge.tsx';

const SOON_MS = 5 * 24 * 60 * 60_000;

export interface Standing {
  readonly text: string;
  readonly tone: Tone;
  /** The term is over while the work goes on. */
  readonly late: boolean;
}

/** How an application stands now: its stage, or that its term is over or comes within five days. */
export function applicationStanding({ stage, dueAt }: Pick<Application, 'stage' | 'dueAt'>, now: number): Standing {
  if (isApplicationOver(stage)) return { text: applicationStageTitles[stage], tone: stage === 'completed' ? 'green' : 'grey', late: false };
  const left = dueAt === null ? Number.MAX_SAFE_INTEGER : Date.parse(dueAt) - now;
  if (left < 0) return { text: 'Срок нарушен', tone: 'red', late: true };
  if (left < SOON_MS) return { text: 'Срок подходит', tone: 'amber', late: false };
  return stage === 'draft' ? { text: 'Черновик', tone: 'grey', late: false } : { text: 'В работе', tone: 'blue', late: false };
}
