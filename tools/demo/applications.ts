import type { Application, ApplicationStage } from '../../shared/domain/application/model.ts';
import type { DemoClient } from './demo-client.ts';
import { fullAddress, streetAddress } from './places.ts';
import type { SeededRandom } from './seeded-random.ts';

/** Stages with the share of applications in each, in percent. */
const stageShares: readonly (readonly [ApplicationStage, number])[] = [
  ['registered', 6], ['dataRequested', 4], ['preparation', 9], ['approval', 2], ['offer', 8], ['contracted', 6], ['works', 20], ['fulfilmentDeclared', 4], ['inspection', 3], ['admission', 2], ['completed', 30], ['rejected', 2], ['annulled', 3], ['withdrawn', 1],
];
const ended: readonly ApplicationStage[] = ['completed', 'rejected', 'annulled', 'withdrawn'];

const objectsOfPersons = ['Жилой дом', 'Жилой дом', 'Жилой дом', 'Хозблок', 'Садовый дом', 'Гараж', 'Баня', 'Квартира'] as const;
const objectsOfBusiness = ['Магазин', 'Склад', 'Производственное здание', 'Административное здание', 'Кафе', 'Насосная станция', 'Котельная', 'Строительная площадка', 'Вышка связи', 'Посёлок на 40 участков'] as const;

function stageOf(random: SeededRandom): ApplicationStage {
  let rest = random.whole(1, 100);
  for (const [stage, share] of stageShares) {
    rest -= share;
    if (rest <= 0) return stage;
  }
  return 'completed';
}

function days(at: number, count: number): number {
  return at + count * 86_400_000;
}

/** Numbers grow through the year, some 2,700 a day; `index` keeps those of one day apart. */
function applicationNumber(receivedAt: number, index: number, kind: number): string {
  const moscow = new Date(receivedAt + 3 * 3_600_000);
  const year = moscow.getUTCFullYear();
  const day = Math.floor((moscow.getTime() - Date.UTC(year, 0, 1)) / 86_400_000);
  return `И-${year % 100}-00-${String(day * 2700 + index + 1).padStart(6, '0')}/${kind}`;
}

function power(random: SeededRandom, business: boolean): number {
  if (!business) return random.pick([5, 7, 10, 15, 15, 15, 15, 25]);
  return random.pick([15, 30, 50, 80, 100, 150, 150, 250, 400, 670, 890, 2500]);
}

/** One invented application of the client; `index` keeps the numbers of one day apart. */
export function inventedApplication(random: SeededRandom, { client, place }: DemoClient, index: number, now: number): Application {
  const stage = stageOf(random);
  const business = client.kind !== 'person';
  const receivedAt = days(now, -(ended.includes(stage) ? random.whole(60, 1400) : random.whole(1, 240)));
  const stageSince = Math.min(now, days(receivedAt, random.whole(0, 50)));
  return {
    id: random.uuid(),
    number: applicationNumber(receivedAt, index, random.pick([102, 102, 102, 103, 105])),
    receivedAt: new Date(receivedAt).toISOString(),
    clientId: client.id,
    applicantName: client.name,
    applicantInn: client.inn,
    applicantPhone: client.phones[0]?.typed ?? '',
    applicantEmail: client.emails[0]?.address ?? '',
    objectName: random.pick(business ? objectsOfBusiness : objectsOfPersons),
    address: random.chance(0.5) ? (client.addresses[0]?.text ?? '') : fullAddress(place, streetAddress(random, place)),
    regionId: place.regionId,
    branchId: place.branchId,
    gridDistrictId: place.districtId,
    cadastralNumber: `${place.cadastre}:00${random.digits(5)}:${random.whole(10, 4999)}`,
    powerKw: power(random, business),
    stage,
    stageSince: new Date(stageSince).toISOString(),
    dueAt: ended.includes(stage) ? null : new Date(days(receivedAt, random.pick([125, 125, 182, 365]))).toISOString(),
  };
}

/** The applications that letters of the demo name by their numbers. */
function namedApplications(clients: readonly DemoClient[], now: number): readonly Application[] {
  const rows: readonly (readonly [name: string, number: string, objectName: string, powerKw: number, stage: ApplicationStage, daysAgo: number])[] = [
    ['Соколова Марина Игоревна', 'И-26-00-418233/102', 'Жилой дом', 15, 'works', 174],
    ['Соколова Марина Игоревна', 'И-26-00-402871/102', 'Хозблок', 5, 'offer', 120],
    ['Соколова Марина Игоревна', 'И-24-00-228106/102', 'Квартира', 15, 'completed', 900],
    ['Шахбазян Карине Размиковна', 'И-26-00-397755/102', 'Жилой дом', 15, 'contracted', 96],
    ['Тихомирова Анна Львовна', 'И-26-00-377104/102', 'Садовый дом', 15, 'offer', 61],
  ];
  return rows.flatMap(([name, number, objectName, powerKw, stage, daysAgo], index) => {
    const owner = clients.find(({ client }) => client.name === name);
    if (!owner) return [];
    const receivedAt = days(now, -daysAgo);
    return [{
      id: `a9910000-0000-4000-8000-${String(index + 1).padStart(12, '0')}`,
      number,
      receivedAt: new Date(receivedAt).toISOString(),
      clientId: owner.client.id,
      applicantName: name,
      applicantInn: owner.client.inn,
      applicantPhone: owner.client.phones[0]?.typed ?? '',
      applicantEmail: owner.client.emails[0]?.address ?? '',
      objectName,
      address: owner.client.addresses[0]?.text ?? '',
      regionId: owner.place.regionId,
      branchId: owner.place.branchId,
      gridDistrictId: owner.place.districtId,
      cadastralNumber: `${owner.place.cadastre}:0060114:${327 + index}`,
      powerKw,
      stage,
      stageSince: new Date(days(receivedAt, Math.min(daysAgo, 20))).toISOString(),
      dueAt: stage === 'completed' ? null : new Date(days(receivedAt, 182)).toISOString(),
    }];
  });
}

/**
 * `count` applications of these clients; three in ten have none, some have many. `now` (milliseconds) is the day that the
 * demo is filled: an application is never from the future.
 */
export function demoApplications(random: SeededRandom, clients: readonly DemoClient[], count: number, now: number): readonly Application[] {
  const named = namedApplications(clients, now);
  const applicants = clients.slice(15).filter(() => random.chance(0.7));
  if (applicants.length === 0) return named;
  const others = new Map<string, Application>();
  for (let index = 0; named.length + others.size < count; index += 1) {
    const made = inventedApplication(random, random.pick(applicants), index % 2700, now);
    if (!named.some(({ number }) => number === made.number)) others.set(made.number, made);
  }
  return [...named, ...others.values()];
}
