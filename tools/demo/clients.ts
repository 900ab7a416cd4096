import type { Client, ClientKind } from '../../shared/domain/client/model.ts';
import type { DemoClient, NewClient } from './demo-client.ts';
import { namedClients } from './named-clients.ts';
import { latinized, personName } from './person-names.ts';
import { allPlaces, fullAddress, streetAddress, type Place } from './places.ts';
import { organizationInn, organizationOgrn, organizationOkpo, personInn, soleTraderOgrn } from './registration-numbers.ts';
import type { SeededRandom } from './seeded-random.ts';

const mailDomains = ['pochta-mo.ru', 'dom-mo.ru', 'mail-oblast.ru', 'podmoskovye-net.ru'] as const;

/** A phone as people write them. */
export function inventedPhone(random: SeededRandom, id: string, kind: string): Client['phones'][number] {
  return phoneRow(random, id, kind, false);
}

function phoneRow(random: SeededRandom, id: string, kind: string, main: boolean): Client['phones'][number] {
  const operator = kind === 'Мобильный' ? random.pick(['903', '905', '909', '910', '915', '916', '925', '926', '929', '963', '977', '985']) : random.pick(['495', '496', '498']);
  const rest = random.digits(7);
  const parts = `${rest.slice(0, 3)}-${rest.slice(3, 5)}-${rest.slice(5)}`;
  const typed = random.pick([`+7 ${operator} ${parts}`, `+7 ${operator} ${parts}`, `8 (${operator}) ${parts}`]);
  return { id, kind, typed, e164: `+7${operator}${rest}`, comment: '', main };
}

function emailAddress(random: SeededRandom, lastName: string, firstName: string): string {
  const number = random.whole(1, 9999);
  return `${latinized(lastName)}.${latinized(firstName).slice(0, random.pick([1, 1, 4, 9]))}${number}@${random.pick(mailDomains)}`;
}

function birthDate(random: SeededRandom): string {
  return `${random.whole(1941, 2005)}-${String(random.whole(1, 12)).padStart(2, '0')}-${String(random.whole(1, 28)).padStart(2, '0')}`;
}

function person(random: SeededRandom, place: Place, kind: 'person' | 'soleTrader'): NewClient {
  const { gender, ...names } = personName(random);
  const plainName = `${names.lastName} ${names.firstName} ${names.middleName}`;
  const trader = kind === 'soleTrader';
  const address = fullAddress(place, streetAddress(random, place));
  return {
    id: random.uuid(),
    kind,
    ...names,
    name: trader ? `ИП ${plainName}` : plainName,
    fullName: trader ? `Индивидуальный предприниматель ${plainName}` : plainName,
    phones: [phoneRow(random, 'p1', 'Мобильный', true), ...(random.chance(0.2) ? [phoneRow(random, 'p2', 'Домашний', false)] : [])],
    emails: random.chance(trader ? 0.9 : 0.7) ? [{ id: 'e1', address: emailAddress(random, names.lastName, names.firstName), comment: '', main: true }] : [],
    addresses: [{ id: 'a1', kind: 'Адрес регистрации', text: address, comment: '', main: true }],
    contactPersons: [],
    inn: trader || random.chance(0.3) ? personInn(random) : '',
    kpp: '',
    okpo: '',
    ogrn: trader ? soleTraderOgrn(random) : '',
    gender,
    birthDate: trader ? '' : birthDate(random),
    intermediaryId: null,
    managerId: null,
    contractId: null,
    businessRegionId: null,
    branchIds: [place.branchId],
  };
}

const forms = [
  ['ООО', 'Общество с ограниченной ответственностью'],
  ['ООО', 'Общество с ограниченной ответственностью'],
  ['АО', 'Акционерное общество'],
  ['СНТ', 'Садоводческое некоммерческое товарищество'],
  ['ТСЖ', 'Товарищество собственников жилья'],
  ['МБУ', 'Муниципальное бюджетное учреждение'],
  ['ГСК', 'Гаражно-строительный кооператив'],
] as const;
const firstParts = ['Строй', 'Пром', 'Агро', 'Тепло', 'Водо', 'Дом', 'Лес', 'Энерго', 'Торг', 'Авто', 'Мос', 'Техно', 'Эко', 'Транс'] as const;
const secondParts = ['сервис', 'комплект', 'монтаж', 'ресурс', 'центр', 'инвест', 'снаб', 'проект', 'гарант', 'альянс'] as const;
const softNames = ['Берёзка', 'Рассвет', 'Надежда', 'Содружество', 'Радуга', 'Весна', 'Маяк', 'Сосновый бор', 'Лесная поляна', 'Восход', 'Победа', 'Калинка'] as const;

function organizationName(random: SeededRandom, form: string): string {
  if (form === 'ООО' || form === 'АО') return `${random.pick(firstParts)}${random.pick(secondParts)}-${random.pick(['М', 'Плюс', '2000', 'Групп', 'Юг', 'Север', 'Подмосковье'])}`;
  return `${random.pick(softNames)}-${random.whole(1, 60)}`;
}

function organization(random: SeededRandom, place: Place): NewClient {
  const [form, longForm] = random.pick(forms);
  const title = organizationName(random, form);
  const inn = organizationInn(random);
  const head = personName(random);
  const phone = phoneRow(random, 'p1', 'Рабочий', true);
  const address = `info@${latinized(title)}-${random.whole(10, 999)}.ru`;
  return {
    id: random.uuid(),
    kind: 'organization',
    lastName: '',
    firstName: '',
    middleName: '',
    name: `${form} «${title}»`,
    fullName: `${longForm} «${title}»`,
    phones: [phone],
    emails: [{ id: 'e1', address, comment: '', main: true }],
    addresses: [{ id: 'a1', kind: 'Юридический адрес', text: fullAddress(place, streetAddress(random, place)), comment: '', main: true }],
    contactPersons: [{ id: 'c1', name: `${head.lastName} ${head.firstName} ${head.middleName}`, position: form === 'СНТ' || form === 'ТСЖ' ? 'Председатель правления' : 'Генеральный директор', phone: phone.typed, email: address, authority: '' }],
    inn,
    kpp: `${inn.slice(0, 4)}01001`,
    okpo: organizationOkpo(random),
    ogrn: organizationOgrn(random),
    gender: '',
    birthDate: '',
    intermediaryId: null,
    managerId: random.chance(0.5) ? 'employee-safina' : null,
    contractId: null,
    businessRegionId: place.branchId.replace('branch-', 'business-region-'),
    branchIds: [place.branchId],
  };
}

function kindOf(random: SeededRandom): ClientKind {
  const share = random.whole(1, 100);
  return share <= 80 ? 'person' : share <= 88 ? 'soleTrader' : 'organization';
}

/** One invented client at some place of the company's region. */
export function inventedClient(random: SeededRandom): DemoClient {
  const place = random.pick(allPlaces);
  const kind = kindOf(random);
  return { place, client: kind === 'organization' ? organization(random, place) : person(random, place, kind) };
}

/** A second card of a client already there, as careless entry makes them: the same person, phone or e-mail, another house. */
function double(random: SeededRandom, original: DemoClient): DemoClient {
  const { client, place } = original;
  const sameMailOnly = random.chance(0.5);
  const other = person(random, place, 'person');
  return {
    place,
    client: sameMailOnly
      ? { ...other, emails: client.emails.map((row) => ({ ...row })) }
      : { ...other, lastName: client.lastName, firstName: client.firstName, middleName: client.middleName, name: client.name, fullName: client.fullName, gender: client.gender, birthDate: client.birthDate, phones: client.phones.map((row) => ({ ...row })), emails: [] },
  };
}

/**
 * `count` invented clients: persons, sole traders, organizations, one in forty a double of an earlier person. The clients
 * that the letters name stand first.
 */
export function demoClients(random: SeededRandom, count: number): readonly DemoClient[] {
  const made: DemoClient[] = [...namedClients()];
  while (made.length < count) {
    made.push(inventedClient(random));
    const persons = made.filter((each) => each.client.kind === 'person' && each.client.emails.length > 0);
    if (made.length % 40 === 0 && made.length < count && persons.length > 0) made.push(double(random, random.pick(persons.slice(-20))));
  }
  return made.slice(0, count);
}
