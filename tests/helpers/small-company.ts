import { apiDesk, type ApiDesk, type DeskSession } from '../../tools/demo/api-desk.ts';
import { autoReplies } from '../../tools/demo/auto-replies.ts';
import { appealCategories, appealKinds, subtopics, topics } from '../../tools/demo/classifiers.ts';
import { branches, businessRegions, gridDistricts, offices, regions } from '../../tools/demo/company.ts';
import { demoCommand } from '../../tools/demo/demo-data.ts';
import { demoUsers, type DemoUser } from '../../tools/demo/demo-users.ts';
import { namedEmployees } from '../../tools/demo/employees.ts';
import { namedClients } from '../../tools/demo/named-clients.ts';
import { rules } from '../../tools/demo/regulation.ts';
import { workCalendars } from '../../tools/demo/work-calendars.ts';
import type { Application } from '../../shared/domain/application/model.ts';
import { demoApplications } from '../../tools/demo/applications.ts';
import { seededRandom } from '../../tools/demo/seeded-random.ts';

/**
 * The company that tests work in: the demo's structure and classifiers (few of them), its people, its fifteen named clients.
 * belova and kuznetsov work on letters, fomina is the supervisor, martynyuk an operator, nikiforova a checker, kovalchuk the auditor.
 */
const logins = ['belova', 'kuznetsov', 'fomina', 'martynyuk', 'nikiforova', 'chernyshev', 'safina', 'kovalchuk'] as const;
export type TestLogin = (typeof logins)[number];

export const testUsers: Readonly<Record<TestLogin, DemoUser>> = Object.fromEntries(
  logins.map((login) => [login, demoUsers.find(({ user }) => user.login === login)]),
) as Record<TestLogin, DemoUser>; // each login is one of the demo's; tests/helpers/small-company.test.ts checks it

export const testClients = namedClients().map(({ client }) => client);

/** Applications of the named clients: give them to the emulator where a test needs them. */
export const testApplications: readonly Application[] = demoApplications(seededRandom(1), namedClients(), 5, Date.parse('2026-11-24T08:00:00.000Z'));

const kept = ['branch-north', 'branch-east', 'branch-head-office'];
const keptBranch = ({ branchId }: { readonly branchId: string }): boolean => kept.includes(branchId);

const catalogues: Readonly<Record<string, readonly { readonly id: string }[]>> = {
  region: regions,
  businessRegion: businessRegions,
  branch: branches,
  gridDistrict: gridDistricts.filter(keptBranch),
  office: offices.filter(keptBranch),
  employee: namedEmployees,
  rule: rules,
  workCalendar: workCalendars,
  appealKind: appealKinds,
  appealCategory: appealCategories,
  topic: topics,
  subtopic: subtopics,
  autoReply: autoReplies,
};

/** Where the company is written, and by whom. */
export interface SeededCentre {
  readonly url: string;
  readonly administrator: { readonly login: string; readonly password: string };
}

/** Writes the small company through the API, as an administrator and an operator would. */
export async function seedSmallCompany(centre: SeededCentre): Promise<void> {
  const desk = apiDesk(centre.url, 'Тестовые данные');
  const administrator = await desk.login(centre.administrator.login, centre.administrator.password);
  await desk.run(administrator, Object.entries(catalogues).flatMap(([type, documents]) => documents.map((document) => demoCommand('dictionary.write', `${type} ${document.id}`, { type, document }))));
  await desk.run(administrator, Object.values(testUsers).map(({ user }) => demoCommand('user.create', user.id, { user })));
  for (const { user, password } of Object.values(testUsers)) await desk.setPassword(administrator, user.id, password);
  const operator = await loginAs(desk, 'martynyuk');
  await desk.run(operator, testClients.map((client) => demoCommand('client.create', client.id, { client, link: null })));
}

/** Logs a user of the small company in at a desk without a window. */
export async function loginAs(desk: ApiDesk, login: TestLogin): Promise<DeskSession> {
  return desk.login(login, testUsers[login].password);
}
