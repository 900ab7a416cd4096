import type { Rule } from '../../shared/domain/rule/model.ts';

type RuleRow = readonly [ruleId: string, name: string, clause: string, value: number, unit: Rule['unit'], calendar: Rule['calendar'], warnAt: number, confirmed: boolean];

const es = 'Единые стандарты качества обслуживания, приказ Минэнерго от 15.04.2014 № 186';
const tp = 'Правила технологического присоединения, ПП № 861';
const nd = 'Правила недискриминационного доступа, ПП № 861';
const own = 'Решение компании';

/** Terms and limits of «Регламент» (standards, part 1). `confirmed` is false where the clause or the value still has to be confirmed. */
const rows: readonly RuleRow[] = [
  ['T-MAIL', 'Обработка входящего письма', own, 3, 'hours', 'roundTheClock', 0.75, false],
  ['T-WRITTEN', 'Ответ на письменное или электронное обращение', `${es}, п. ?: 30 календарных дней со дня регистрации`, 30, 'days', 'calendarDays', 25 / 30, false],
  ['T-LK', 'Ответ на обращение из Личного кабинета', `${es}, приложение, п. ?`, 30, 'days', 'calendarDays', 25 / 30, false],
  ['T-CALLBACK', 'Обратный звонок', `${es}, п. ?: не позднее 4 часов`, 4, 'hours', 'lineHours', 0.75, false],
  ['T-QUEUE', 'Ожидание в очереди ЦОК', `${es}, п. ?: не более 30 минут`, 30, 'minutes', 'lineHours', 20 / 30, false],
  ['T-REQUEST', 'Ответ на запрос информации', own, 3, 'days', 'workingDays', 2 / 3, false],
  ['T-INSPECT', 'Осмотр после уведомления о выполнении ТУ', `${tp}, п. ?`, 10, 'days', 'calendarDays', 0.8, false],
  ['T-OFFER', 'Подписание оферты договора ТП', `${tp}, п. ?`, 30, 'days', 'calendarDays', 20 / 30, false],
  ['T-INCOMPLETE', 'Уведомление о недостающих сведениях', `${tp}, п. ? (прежняя редакция)`, 6, 'days', 'workingDays', 0.5, false],
  ['T-REISSUE', 'Переоформление документов', `${tp}, п. ?`, 7, 'days', 'workingDays', 5 / 7, false],
  ['T-OUT3', 'Перерыв электроснабжения, 3-я категория', `${nd}, п. 31(6)`, 24, 'hours', 'roundTheClock', 20 / 24, false],
  ['T-PLANNED', 'Предупреждение о плановом отключении', own, 1, 'days', 'calendarDays', 0, false],
  ['Q-REPEAT', 'Повторная жалоба', 'Форма 2.3: та же тема в течение 30 рабочих дней после мер', 30, 'days', 'workingDays', 1, true],
  ['M-SERVICE', 'Уровень сервиса: ответ за 20 секунд', own, 80, 'percent', 'lineHours', 1, false],
  ['M-LOST', 'Потерянные звонки, не более', own, 5, 'percent', 'lineHours', 1, false],
  ['M-FCR', 'Решено с первого обращения, не менее', own, 75, 'percent', 'lineHours', 1, false],
  ['P-RECORDINGS', 'Срок хранения записей разговоров', own, 365, 'days', 'calendarDays', 1, false],
  ['P-EVENTS', 'Срок хранения событий и писем', own, 1826, 'days', 'calendarDays', 1, false],
  ['P-READINGS', 'Срок хранения журнала доступа', own, 1096, 'days', 'calendarDays', 1, false],
];

/** In force from 1 January 2020, Moscow time: earlier than any document of the demo. */
const validFrom = '2019-12-31T21:00:00.000Z';

export const rules: readonly Rule[] = rows.map(([ruleId, name, clause, value, unit, calendar, warnAt, confirmed]) => ({ id: `rule-${ruleId}-1`, ruleId, name, clause, value, unit, calendar, warnAt, validFrom, confirmed }));
