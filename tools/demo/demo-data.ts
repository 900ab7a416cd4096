import { v5 as uuidv5 } from 'uuid';
import type { Application } from '../../shared/domain/application/model.ts';
import type { DeskCommand } from './api-desk.ts';
import { demoApplications } from './applications.ts';
import { autoReplies } from './auto-replies.ts';
import { appealCategories, appealKinds, subtopics, topics } from './classifiers.ts';
import { demoClients } from './clients.ts';
import type { DemoClient } from './demo-client.ts';
import { branches, businessRegions, gridDistricts, offices, regions } from './company.ts';
import { namedEmployees, otherEmployees } from './employees.ts';
import { rules } from './regulation.ts';
import { workCalendars } from './work-calendars.ts';
import { seededRandom } from './seeded-random.ts';

/** All that the demo puts into the centre, ready to be sent. */
export interface DemoData {
  /** `dictionary.write` inputs in an order in which everything pointed at comes first; the texts of auto-replies are `last`. */
  readonly dictionaries: readonly DictionaryInput[];
  /** Written when all else is done: a centre that has them was filled to the end. */
  readonly last: readonly DictionaryInput[];
  readonly clients: readonly DemoClient[];
  readonly applications: readonly Application[];
}

export interface DictionaryInput {
  readonly type: string;
  readonly document: { readonly id: string };
}

const seed = 20_261_124;
const namespace = '6f6b6e6f-0000-4000-8000-64656d6f0000';

/** The same command has the same id in every filling: one that was broken off can be run again, and nothing happens twice. */
export function demoCommand(name: string, key: string, input: unknown): DeskCommand {
  return { name, input, commandId: uuidv5(`${name} ${key}`, namespace) };
}

function entries(type: string, documents: readonly { readonly id: string }[]): readonly DictionaryInput[] {
  return documents.map((document) => ({ type, document }));
}

/** The demo company as of `now` (milliseconds). Only the dates of applications depend on the day. */
export function demoData(now: number, counts: { readonly clients: number; readonly applications: number }): DemoData {
  const clients = demoClients(seededRandom(seed), counts.clients);
  return {
    dictionaries: [
      ...entries('region', regions),
      ...entries('businessRegion', businessRegions),
      ...entries('branch', branches),
      ...entries('gridDistrict', gridDistricts),
      ...entries('office', offices),
      ...entries('employee', [...namedEmployees, ...otherEmployees(seededRandom(seed + 1))]),
      ...entries('rule', rules),
      ...entries('workCalendar', workCalendars),
      ...entries('appealKind', appealKinds),
      ...entries('appealCategory', appealCategories),
      ...entries('topic', topics),
      ...entries('subtopic', subtopics),
    ],
    last: entries('autoReply', autoReplies),
    clients,
    applications: demoApplications(seededRandom(seed + 2), clients, counts.applications, now),
  };
}
