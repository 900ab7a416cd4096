import type { Branch, BusinessRegion, GridDistrict, Office, Region } from '../../shared/domain/dictionary/model.ts';

/** The structure of the demo company: a grid company of Moscow region. Codes are ours, names of branches are a real group's. */
export const regions: readonly Region[] = [
  { id: 'region-moscow', code: '77', name: 'Москва' },
  { id: 'region-new-moscow', code: '97', name: 'Новая Москва' },
  { id: 'region-moscow-oblast', code: '50', name: 'Московская область' },
];

const branchRows = [
  ['central', '01', 'Центральные электрические сети'],
  ['north', '02', 'Северные электрические сети'],
  ['east', '03', 'Восточные электрические сети'],
  ['south', '04', 'Южные электрические сети'],
  ['west', '05', 'Западные электрические сети'],
  ['new-moscow', '06', 'Новая Москва'],
  ['moscow-cable', '07', 'Московские кабельные сети'],
  ['high-voltage', '08', 'Московские высоковольтные сети'],
  ['high-voltage-cable', '09', 'Высоковольтные кабельные сети'],
  ['metering', '10', 'Энергоучёт'],
  ['head-office', '11', 'Исполнительный аппарат'],
] as const;

export const branches: readonly Branch[] = branchRows.map(([key, code, name]) => ({ id: `branch-${key}`, code, name }));
/** A business region is a branch seen by the client managers. */
export const businessRegions: readonly BusinessRegion[] = branchRows.slice(0, 7).map(([key, code, name]) => ({ id: `business-region-${key}`, code, name }));

type DistrictRow = readonly [key: string, name: string];
const districtRows: readonly (readonly [branch: string, region: string, districts: readonly DistrictRow[]])[] = [
  ['new-moscow', 'new-moscow', [['troitsk', 'Троицкий'], ['moskovsky', 'Московский']]],
  ['west', 'moscow-oblast', [['odintsovo', 'Одинцовский'], ['naro-fominsk', 'Наро-Фоминский'], ['istra', 'Истринский'], ['ruza', 'Рузский'], ['mozhaysk', 'Можайский'], ['volokolamsk', 'Волоколамский'], ['lotoshino', 'Лотошинский'], ['shakhovskaya', 'Шаховской']]],
  ['south', 'moscow-oblast', [['podolsk', 'Подольский'], ['domodedovo', 'Домодедовский'], ['ramenskoye', 'Раменский'], ['chekhov', 'Чеховский'], ['serpukhov', 'Серпуховский'], ['stupino', 'Ступинский'], ['kashira', 'Каширский'], ['serebryanye-prudy', 'Серебряно-Прудский'], ['leninsky', 'Ленинский']]],
  ['north', 'moscow-oblast', [['dmitrov', 'Дмитровский'], ['klin', 'Клинский'], ['solnechnogorsk', 'Солнечногорский'], ['khimki', 'Химкинский'], ['mytishchi', 'Мытищинский'], ['krasnogorsk', 'Красногорский'], ['pushkino', 'Пушкинский'], ['taldom', 'Талдомский'], ['sergiev-posad', 'Сергиево-Посадский']]],
  ['east', 'moscow-oblast', [['noginsk', 'Ногинский'], ['kolomna', 'Коломенский'], ['yegoryevsk', 'Егорьевский'], ['voskresensk', 'Воскресенский'], ['zaraysk', 'Зарайский'], ['shatura', 'Шатурский'], ['orekhovo-zuyevo', 'Орехово-Зуевский'], ['shchyolkovo', 'Щёлковский']]],
  ['moscow-cable', 'moscow', [1, 2, 3, 4, 5].map((n) => [`moscow-${n}`, `Район ${n}`] as const)],
  ['central', 'moscow', [6, 7, 8].map((n) => [`moscow-${n}`, `Район ${n}`] as const)],
];

function districtName(name: string): string {
  return name.startsWith('Район') ? name : `${name} РЭС`;
}

/** РЭС: id `district-…`, named after the municipal district that they serve. */
export const gridDistricts: readonly GridDistrict[] = districtRows
  .flatMap(([branch, region, districts]) => districts.map(([key, name]) => ({ key, name, branch, region })))
  .map(({ key, name, branch, region }, index) => ({ id: `district-${key}`, code: String(index + 1).padStart(3, '0'), name: districtName(name), branchId: `branch-${branch}`, regionId: `region-${region}` }));

const officeRows: readonly (readonly [key: string, name: string, branch: string, category: number])[] = [
  ['moscow', 'ЦОК «Москва, центральный»', 'head-office', 1],
  ['troitsk', 'ЦОК «Троицк»', 'new-moscow', 2],
  ['moskovsky', 'ЦОК «Московский»', 'new-moscow', 3],
  ['odintsovo', 'ЦОК «Одинцово»', 'west', 2],
  ['podolsk', 'ЦОК «Подольск»', 'south', 2],
  ['mytishchi', 'ЦОК «Мытищи»', 'north', 2],
  ['noginsk', 'ЦОК «Ногинск»', 'east', 2],
  ['reutov', 'ЦОК «Реутов»', 'east', 3],
  ['kurovskoye', 'ЦОК «Куровское»', 'east', 3],
  ['kolomna', 'ЦОК «Коломна»', 'east', 2],
  ['zaraysk', 'ЦОК «Зарайск»', 'east', 3],
  ['shatura', 'ЦОК «Шатура»', 'east', 3],
  ['yegoryevsk', 'ЦОК «Егорьевск»', 'east', 3],
];

export const offices: readonly Office[] = officeRows.map(([key, name, branch, category], index) => ({ id: `office-${key}`, code: String(index + 1).padStart(2, '0'), name, branchId: `branch-${branch}`, category }));
