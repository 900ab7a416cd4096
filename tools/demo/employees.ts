import type { Employee } from '../../shared/domain/dictionary/model.ts';
import { branches, gridDistricts } from './company.ts';
import { latinized, personName } from './person-names.ts';
import type { SeededRandom } from './seeded-random.ts';

function mailAddress(lastName: string, firstName: string, middleName: string): string {
  return `${latinized(lastName)}.${latinized(firstName).slice(0, 1)}${latinized(middleName).slice(0, 1)}@moesk.ru`;
}

function employee(key: string, fullName: string, position: string, branch: string): Employee {
  const [lastName = '', firstName = '', middleName = ''] = fullName.split(' ');
  return { id: `employee-${key}`, lastName, firstName, middleName, position, email: mailAddress(lastName, firstName, middleName), branchId: `branch-${branch}` };
}

/** Those who work in the program, and those whom letters and appeals name. */
export const namedEmployees: readonly Employee[] = [
  employee('belova', 'Белова Ирина Сергеевна', 'Специалист по обработке писем', 'head-office'),
  employee('kuznetsov', 'Кузнецов Павел Андреевич', 'Специалист по обработке писем', 'head-office'),
  employee('orlova', 'Орлова Татьяна Викторовна', 'Специалист по обработке писем', 'head-office'),
  employee('fomina', 'Фомина Екатерина Ильинична', 'Старший смены контакт-центра', 'head-office'),
  employee('martynyuk', 'Мартынюк Сергей Васильевич', 'Оператор контакт-центра', 'head-office'),
  employee('goncharova', 'Гончарова Алёна Дмитриевна', 'Оператор контакт-центра', 'head-office'),
  employee('zaytseva', 'Зайцева Ольга Николаевна', 'Специалист ЦОК «Мытищи»', 'north'),
  employee('safina', 'Сафина Гульнара Ринатовна', 'Ведущий специалист, основной менеджер', 'north'),
  employee('zhukov', 'Жуков Алексей Викторович', 'Инженер Мытищинского РЭС', 'north'),
  employee('lapina', 'Лапина Елена Сергеевна', 'Инженер Пушкинского РЭС', 'north'),
  employee('orekhov', 'Орехов Степан Игоревич', 'Инженер Дмитровского РЭС', 'north'),
  employee('nikiforova', 'Никифорова Дарья Максимовна', 'Начальник отдела контроля качества', 'head-office'),
  employee('trofimov', 'Трофимов Илья Романович', 'Методист', 'head-office'),
  employee('kovalchuk', 'Ковальчук Марина Юрьевна', 'Специалист по защите информации', 'head-office'),
  employee('chernyshev', 'Чернышёв Антон Борисович', 'Администратор системы', 'head-office'),
];

/** Two people for each branch and one engineer for each РЭС, so that every appeal finds a responsible. */
export function otherEmployees(random: SeededRandom): readonly Employee[] {
  const seats = [
    ...branches.flatMap(({ id }) => ['Начальник отдела технологических присоединений', 'Специалист по работе с клиентами'].map((position) => ({ branchId: id, position }))),
    ...gridDistricts.map(({ branchId, name }) => ({ branchId, position: `Инженер: ${name}` })),
  ];
  return seats.map(({ branchId, position }, index) => {
    const { lastName, firstName, middleName } = personName(random);
    return { id: `employee-${index + 101}`, lastName, firstName, middleName, position, email: mailAddress(lastName, firstName, middleName), branchId };
  });
}
