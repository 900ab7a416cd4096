import type { SeededRandom } from './seeded-random.ts';

/** Where a client lives or an object stands. */
export interface Place {
  readonly districtId: string;
  readonly branchId: string;
  readonly regionId: string;
  /** «Московская обл., г. о. Мытищи», or «г. Москва» for the city. */
  readonly area: string;
  /** «д. Беляниново»; empty for the city itself. */
  readonly settlement: string;
  readonly postcode: string;
  /** «50:12», the cadastral district of the place. */
  readonly cadastre: string;
}

type Row = readonly [district: string, area: string, postcode: string, cadastre: string, settlements: string];
const oblast: readonly (readonly [branch: string, rows: readonly Row[]])[] = [
  ['north', [
    ['mytishchi', 'г. о. Мытищи', '141000', '50:12', 'г. Мытищи|д. Беляниново|д. Сухарево|пгт Пироговский|с. Марфино|д. Болтино'],
    ['pushkino', 'г. о. Пушкинский', '141200', '50:13', 'г. Пушкино|с. Братовщина|д. Талицы|с. Царёво|пгт Правдинский|с. Мураново'],
    ['dmitrov', 'г. о. Дмитровский', '141800', '50:04', 'г. Дмитров|г. Яхрома|с. Орудьево|д. Насадкино|пгт Икша'],
    ['klin', 'г. о. Клин', '141600', '50:03', 'г. Клин|г. Высоковск|пгт Решетниково|с. Воздвиженское'],
    ['solnechnogorsk', 'г. о. Солнечногорск', '141500', '50:09', 'г. Солнечногорск|пгт Поварово|д. Ложки|с. Алабушево'],
    ['khimki', 'г. о. Химки', '141400', '50:10', 'г. Химки|мкр. Сходня|мкр. Фирсановка|мкр. Подрезково'],
    ['krasnogorsk', 'г. о. Красногорск', '143400', '50:11', 'г. Красногорск|пгт Нахабино|с. Ангелово|д. Козино'],
    ['taldom', 'г. о. Талдомский', '141900', '50:01', 'г. Талдом|пгт Вербилки|пгт Запрудня|с. Великий Двор'],
    ['sergiev-posad', 'г. о. Сергиево-Посадский', '141300', '50:05', 'г. Сергиев Посад|г. Хотьково|с. Радонеж|д. Абрамово'],
  ]],
  ['east', [
    ['noginsk', 'г. о. Богородский', '142400', '50:16', 'г. Ногинск|г. Старая Купавна|пгт Обухово|д. Пешково'],
    ['kolomna', 'г. о. Коломна', '140400', '50:34', 'г. Коломна|с. Пески|с. Черкизово|д. Хорошово'],
    ['yegoryevsk', 'г. о. Егорьевск', '140300', '50:30', 'г. Егорьевск|пгт Рязановский|с. Куплиям|д. Поповская'],
    ['voskresensk', 'г. о. Воскресенск', '140200', '50:29', 'г. Воскресенск|пгт Хорлово|с. Конобеево|д. Глиньково'],
    ['zaraysk', 'г. о. Зарайск', '140600', '50:38', 'г. Зарайск|с. Чулки-Соколово|д. Мендюкино'],
    ['shatura', 'г. о. Шатура', '140700', '50:25', 'г. Шатура|пгт Мишеронский|с. Кривандино|д. Левошево'],
    ['orekhovo-zuyevo', 'г. о. Орехово-Зуевский', '142600', '50:24', 'г. Орехово-Зуево|г. Куровское|г. Ликино-Дулёво|д. Давыдово'],
    ['shchyolkovo', 'г. о. Щёлково', '141100', '50:14', 'г. Щёлково|пгт Монино|с. Трубино|д. Огуднево'],
  ]],
  ['south', [
    ['podolsk', 'г. о. Подольск', '142100', '50:27', 'г. Подольск|г. Климовск|пгт Львовский|с. Покров'],
    ['domodedovo', 'г. о. Домодедово', '142000', '50:28', 'г. Домодедово|с. Ям|с. Константиново|д. Чурилково'],
    ['ramenskoye', 'г. о. Раменский', '140100', '50:23', 'г. Раменское|пгт Удельная|пгт Кратово|с. Софьино'],
    ['chekhov', 'г. о. Чехов', '142300', '50:31', 'г. Чехов|пгт Столбовая|с. Мелихово|д. Крюково'],
    ['serpukhov', 'г. о. Серпухов', '142200', '50:32', 'г. Серпухов|г. Протвино|пгт Оболенск|с. Липицы'],
    ['stupino', 'г. о. Ступино', '142800', '50:33', 'г. Ступино|пгт Михнево|пгт Малино|с. Хатунь'],
    ['kashira', 'г. о. Кашира', '142900', '50:37', 'г. Кашира|с. Тарасково|д. Зендиково'],
    ['serebryanye-prudy', 'г. о. Серебряные Пруды', '142970', '50:39', 'пгт Серебряные Пруды|с. Узуново|с. Мочилы'],
    ['leninsky', 'г. о. Ленинский', '142700', '50:21', 'г. Видное|пгт Горки Ленинские|д. Мисайлово|с. Молоково'],
  ]],
  ['west', [
    ['odintsovo', 'г. о. Одинцовский', '143000', '50:20', 'г. Одинцово|г. Звенигород|г. Кубинка|пгт Лесной Городок|с. Успенское'],
    ['naro-fominsk', 'г. о. Наро-Фоминский', '143300', '50:26', 'г. Наро-Фоминск|г. Апрелевка|пгт Селятино|д. Бекасово'],
    ['istra', 'г. о. Истра', '143500', '50:08', 'г. Истра|г. Дедовск|с. Павловская Слобода|д. Рождествено'],
    ['ruza', 'г. о. Рузский', '143100', '50:19', 'г. Руза|пгт Тучково|с. Покровское|д. Нестерово'],
    ['mozhaysk', 'г. о. Можайский', '143200', '50:18', 'г. Можайск|с. Бородино|пгт Уваровка|д. Горки'],
    ['volokolamsk', 'г. о. Волоколамский', '143600', '50:07', 'г. Волоколамск|с. Ярополец|пгт Сычёво|д. Нелидово'],
    ['lotoshino', 'г. о. Лотошино', '143800', '50:02', 'пгт Лотошино|с. Микулино|д. Вяхирево'],
    ['shakhovskaya', 'г. о. Шаховская', '143700', '50:06', 'пгт Шаховская|с. Раменье|д. Судислово'],
  ]],
];

const newMoscow: readonly Row[] = [
  ['troitsk', 'г. Москва, Троицкий округ', '108840', '50:54', 'г. Троицк|п. Краснопахорское|д. Пучково'],
  ['moskovsky', 'г. Москва, Новомосковский округ', '108811', '77:17', 'г. Московский|д. Рассказовка|п. Внуковское'],
];

function places(branch: string, region: string, prefix: string, [district, area, postcode, cadastre, settlements]: Row): readonly Place[] {
  return settlements.split('|').map((settlement) => ({ districtId: `district-${district}`, branchId: `branch-${branch}`, regionId: `region-${region}`, area: `${prefix}${area}`, settlement, postcode, cadastre }));
}

function cityPlace(number: number): Place {
  return { districtId: `district-moscow-${number}`, branchId: number <= 5 ? 'branch-moscow-cable' : 'branch-central', regionId: 'region-moscow', area: 'г. Москва', settlement: '', postcode: `1${String(number * 3 + 1).padStart(2, '0')}000`, cadastre: `77:0${number}` };
}

export const allPlaces: readonly Place[] = [
  ...oblast.flatMap(([branch, rows]) => rows.flatMap((row) => places(branch, 'moscow-oblast', 'Московская обл., ', row))),
  ...newMoscow.flatMap((row) => places('new-moscow', 'new-moscow', '', row)),
  ...[1, 2, 3, 4, 5, 6, 7, 8].map(cityPlace),
];

const streets = 'ул. Центральная|ул. Советская|ул. Ленина|ул. Лесная|ул. Садовая|ул. Школьная|ул. Полевая|ул. Набережная|ул. Заречная|ул. Новая|ул. Молодёжная|ул. Первомайская|ул. Гагарина|ул. Мира|ул. Октябрьская|ул. Железнодорожная|пер. Тихий|пер. Берёзовый|проезд Строителей|ул. 8 Марта|ул. Солнечная|ул. Вокзальная'.split('|');
const garden = 'Берёзка|Рассвет|Энергетик|Ветеран|Лесное|Дружба|Родник|Заря|Ромашка|Строитель'.split('|');

function isTown(settlement: string): boolean {
  return settlement === '' || /^(г\.|пгт|мкр\.)/.test(settlement);
}

/** Street and house: a flat in towns, a house in villages, now and then a plot of a garden partnership (СНТ). */
export function streetAddress(random: SeededRandom, { settlement }: Place): string {
  if (!isTown(settlement) && random.chance(0.25)) return `СНТ «${random.pick(garden)}», уч. ${random.whole(1, 240)}`;
  const house = `${random.pick(streets)}, д. ${random.whole(1, 98)}${random.chance(0.12) ? random.pick(['А', 'Б', '/2']) : ''}`;
  return isTown(settlement) && random.chance(0.75) ? `${house}, кв. ${random.whole(1, 180)}` : house;
}

/** The whole address in one line, with the postcode. */
export function fullAddress({ postcode, area, settlement }: Place, street: string): string {
  return [postcode, area, ...(settlement === '' ? [] : [settlement]), street].join(', ');
}
