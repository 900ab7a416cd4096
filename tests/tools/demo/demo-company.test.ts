import { describe, expect, it } from 'vitest';
import { clientProblem, completedClient } from '../../../shared/domain/client/rules.ts';
import { workedUnder } from '../../../shared/domain/work-calendar/rules.ts';
import { parseDocument } from '../../../shared/domain/documents.ts';
import { demoApplications } from '../../../tools/demo/applications.ts';
import { autoReplies } from '../../../tools/demo/auto-replies.ts';
import { appealCategories, appealKinds, subtopics, topics } from '../../../tools/demo/classifiers.ts';
import { demoClients } from '../../../tools/demo/clients.ts';
import type { DemoClient } from '../../../tools/demo/demo-client.ts';
import { branches, businessRegions, gridDistricts, offices, regions } from '../../../tools/demo/company.ts';
import { demoUsers, loginScreenRows } from '../../../tools/demo/demo-users.ts';
import { namedEmployees, otherEmployees } from '../../../tools/demo/employees.ts';
import { allPlaces } from '../../../tools/demo/places.ts';
import { rules } from '../../../tools/demo/regulation.ts';
import { workCalendars } from '../../../tools/demo/work-calendars.ts';
import { seededRandom } from '../../../tools/demo/seeded-random.ts';

const now = Date.parse('2026-11-24T08:00:00.000Z');
const clients = demoClients(seededRandom(1), 400);

/** Control digits by their published definition, written apart from the generator. */
function innIsValid(inn: string): boolean {
  const check = (digits: string, weights: readonly number[]): number => (weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11) % 10;
  if (inn.length === 10) return check(inn, [2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(inn[9]);
  return inn.length === 12 && check(inn, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(inn[10]) && check(inn, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) === Number(inn[11]);
}

function ogrnIsValid(ogrn: string): boolean {
  const divisor = ogrn.length === 13 ? 11 : 13;
  return [13, 15].includes(ogrn.length) && String(Number(ogrn.slice(0, -1)) % divisor).slice(-1) === ogrn.slice(-1);
}

function uniqueCount(values: readonly string[]): number {
  return new Set(values).size;
}

describe('the demo company', () => {
  it('has documents that their schemas accept', () => {
    const sets = { region: regions, businessRegion: businessRegions, branch: branches, gridDistrict: gridDistricts, office: offices, appealKind: appealKinds, appealCategory: appealCategories, topic: topics, subtopic: subtopics, rule: rules, workCalendar: workCalendars, autoReply: autoReplies, employee: [...namedEmployees, ...otherEmployees(seededRandom(2))], user: demoUsers.map(({ user }) => user) };
    for (const [type, documents] of Object.entries(sets)) {
      for (const document of documents) expect(parseDocument(type, document)).toEqual(document);
      expect(uniqueCount(documents.map(({ id }) => id)), type).toBe(documents.length);
    }
  });

  it('has the working days of 2026 that the official calendar counts', () => {
    const [calendar] = workCalendars;
    const isWorked = workedUnder(workCalendars);
    const all = Array.from({ length: 365 }, (_, n) => Date.parse('2026-01-01T00:00:00Z') + n * 86_400_000);
    expect(calendar?.year).toBe(2026);
    expect(all.filter(isWorked)).toHaveLength(247);
  });

  it('points only at what exists', () => {
    const branchIds = branches.map(({ id }) => id);
    const districtIds = gridDistricts.map(({ id }) => id);
    expect(gridDistricts.every(({ branchId, regionId }) => branchIds.includes(branchId) && regions.some(({ id }) => id === regionId))).toBe(true);
    expect(allPlaces.every(({ districtId, branchId }) => districtIds.includes(districtId) && gridDistricts.some((district) => district.id === districtId && district.branchId === branchId))).toBe(true);
    expect(subtopics.every(({ topicId, categoryId }) => topics.some(({ id }) => id === topicId) && appealCategories.some(({ id }) => id === categoryId))).toBe(true);
    expect(appealKinds.every(({ answerRuleId }) => rules.some(({ ruleId }) => ruleId === answerRuleId))).toBe(true);
    expect(appealKinds.filter(({ isComplaint }) => isComplaint).map(({ code }) => code)).toEqual(['901', '902']);
  });

  it('has a user in each role and tells the login screen their passwords', () => {
    const rows = loginScreenRows(demoUsers);
    expect(rows.find(({ login }) => login === 'belova')).toEqual({ login: 'belova', password: 'belova-2026', name: 'Белова Ирина Сергеевна', roles: 'Супервайзер по обработке писем' });
    expect(uniqueCount(demoUsers.flatMap(({ user }) => user.roles))).toBe(9);
  });
});

describe('demo clients', () => {
  it('are the same for the same seed', () => {
    expect(demoClients(seededRandom(1), 400)).toEqual(clients);
    expect(demoClients(seededRandom(2), 400)).not.toEqual(clients);
  });

  it('have valid registration numbers and the shape of a client', () => {
    for (const { client } of clients) {
      expect(parseDocument('client', { ...client, registeredAt: '', aliasOf: null })).toBeTruthy();
      if (client.inn !== '') expect(innIsValid(client.inn), `${client.name} ${client.inn}`).toBe(true);
      if (client.ogrn !== '') expect(ogrnIsValid(client.ogrn), `${client.name} ${client.ogrn}`).toBe(true);
      for (const { e164 } of client.phones) expect(e164).toMatch(/^\+7\d{10}$/);
    }
    expect(uniqueCount(clients.map(({ client }) => client.id))).toBe(clients.length);
  });

  it('include doubles that share a phone or an e-mail', () => {
    const shared = (keysOf: (each: DemoClient) => readonly string[]): number => {
      const keys = clients.slice(15).flatMap(keysOf);
      return keys.length - uniqueCount(keys);
    };
    expect(shared(({ client }) => client.emails.map(({ address }) => address))).toBeGreaterThan(2);
    expect(shared(({ client }) => client.phones.map(({ e164 }) => e164 ?? ''))).toBeGreaterThan(2);
  });
});

describe('demo applications', () => {
  it('belong to the clients, have unique numbers and are never from the future', () => {
    const applications = demoApplications(seededRandom(3), clients, 1000, now);
    expect(applications).toHaveLength(1000);
    expect(uniqueCount(applications.map(({ number }) => number))).toBe(1000);
    for (const application of applications) {
      expect(parseDocument('application', application)).toEqual(application);
      expect(clients.some(({ client }) => client.id === application.clientId && client.name === application.applicantName)).toBe(true);
      expect(Math.max(Date.parse(application.receivedAt), Date.parse(application.stageSince))).toBeLessThanOrEqual(now);
    }
  });
});

describe('the rule of «Создать клиента»', () => {
  it('accepts every card of the demo as it is', () => {
    for (const { client } of demoClients(seededRandom(1), 2000)) {
      const whole = { ...client, registeredAt: '2026-11-24T08:00:00.000Z', aliasOf: null };
      expect(clientProblem(whole), client.name).toBe(null);
      expect(completedClient(whole), client.name).toEqual(whole);
    }
  });
});
