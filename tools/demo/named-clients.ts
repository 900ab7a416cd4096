import { allPlaces, type Place } from './places.ts';
import type { DemoClient, NewClient } from './demo-client.ts';

function placeOf(settlement: string): Place {
  const place = allPlaces.find((each) => each.settlement === settlement);
  if (!place) throw new Error(`Нет места «${settlement}»`);
  return place;
}

function phones(...typed: readonly string[]): NewClient['phones'] {
  return typed.map((text, index) => ({ id: `p${index + 1}`, kind: text.startsWith('+7 9') ? 'Мобильный' : 'Рабочий', typed: text, e164: `+${text.replace(/\D/g, '')}`, comment: '', main: index === 0 }));
}

function emails(...addresses: readonly string[]): NewClient['emails'] {
  return addresses.map((address, index) => ({ id: `e${index + 1}`, address, comment: '', main: index === 0 }));
}

const empty = { contactPersons: [], inn: '', kpp: '', okpo: '', ogrn: '', birthDate: '', intermediaryId: null, managerId: null, contractId: null, businessRegionId: null } as const;

function named(number: number, settlement: string, fields: Pick<NewClient, 'kind' | 'name' | 'phones' | 'emails'> & Partial<NewClient> & { readonly street: string }): DemoClient {
  const place = placeOf(settlement);
  const { street, ...rest } = fields;
  const [lastName = '', firstName = '', middleName = ''] = fields.kind === 'organization' ? [] : fields.name.replace(/^ИП /, '').split(' ');
  return {
    place,
    client: {
      ...empty,
      contactPersons: [],
      id: `5e1d0000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      lastName,
      firstName,
      middleName,
      gender: fields.kind === 'organization' ? '' : middleName.endsWith('на') ? 'female' : 'male',
      fullName: fields.name,
      addresses: [{ id: 'a1', kind: fields.kind === 'organization' ? 'Юридический адрес' : 'Адрес регистрации', text: `${place.postcode}, ${place.area}, ${settlement}, ${street}`, comment: '', main: true }],
      branchIds: [place.branchId],
      ...rest,
    },
  };
}

/** The clients that the demo's letters come from or could belong to; three Sokolovs and a double, so that a choice has to be made. */
export function namedClients(): readonly DemoClient[] {
  return [
    named(1, 'д. Беляниново', { kind: 'person', name: 'Соколова Марина Игоревна', phones: phones('+7 916 204-18-55', '+7 495 586-11-40'), emails: [], birthDate: '1974-03-14', street: 'ул. Центральная, д. 14' }),
    named(2, 'д. Беляниново', { kind: 'person', name: 'Соколов Игорь Андреевич', phones: phones('+7 916 204-18-55'), emails: [], birthDate: '1946-09-02', street: 'ул. Центральная, д. 14' }),
    named(3, 'г. Пушкино', { kind: 'person', name: 'Соколова Марина Ильинична', phones: phones('+7 903 771-40-92'), emails: emails('m.sokolova@pochta-mo.ru'), birthDate: '1988-11-27', street: 'мкр. Дзержинец, д. 11, кв. 46' }),
    named(4, 'г. Пушкино', { kind: 'person', name: 'Соколова Марина Ильинична', phones: phones('+7 495 993-12-07'), emails: emails('m.sokolova@pochta-mo.ru'), birthDate: '1988-11-27', street: 'мкр. Дзержинец, д. 11' }),
    named(5, 'с. Братовщина', {
      kind: 'organization', name: 'СНТ «Берёзовая роща-2»', fullName: 'Садоводческое некоммерческое товарищество «Берёзовая роща-2»',
      phones: [{ id: 'p1', kind: 'Рабочий', typed: '+7 496 577-30-18', e164: '+74965773018', comment: 'Правление, по средам с 10 до 14', main: true }, { id: 'p2', kind: 'Мобильный', typed: '+7 903 512-66-41', e164: '+79035126641', comment: 'Председатель, Воронцова Е. А.', main: false }],
      emails: emails('pravlenie@roscha2-snt.ru', 'vorontsova.ea@pochta-mo.ru'), inn: '5038048177', kpp: '503801001', ogrn: '1035005521484', okpo: '45678900',
      contactPersons: [
        { id: 'c1', name: 'Воронцова Елена Александровна', position: 'Председатель правления', phone: '+7 903 512-66-41', email: 'vorontsova.ea@pochta-mo.ru', authority: '' },
        { id: 'c2', name: 'Садовников Пётр Ильич', position: 'Ответственный за электрохозяйство', phone: '+7 915 044-82-70', email: '', authority: '№ 7 от 12.01.2026 до 31.12.2026' },
      ],
      managerId: 'employee-safina', businessRegionId: 'business-region-north', street: 'СНТ «Берёзовая роща-2», д. 1',
    }),
    named(6, 'д. Сухарево', { kind: 'person', name: 'Гаврилюк Олег Петрович', phones: phones('+7 926 330-14-77'), emails: emails('gavrilyuk.op@pochta-mo.ru'), birthDate: '1969-05-21', street: 'ул. Полевая, д. 7' }),
    named(7, 'г. Мытищи', { kind: 'person', name: 'Ермолаев Дмитрий Вячеславович', phones: phones('+7 915 118-90-03'), emails: emails('d.ermolaev@dom-mo.ru'), birthDate: '1982-01-30', street: 'ул. Лесная, д. 7, кв. 12' }),
    named(8, 'г. Яхрома', { kind: 'organization', name: 'ООО «Домострой-Яхрома»', fullName: 'Общество с ограниченной ответственностью «Домострой-Яхрома»', phones: phones('+7 496 225-40-61'), emails: emails('office@domostroy-yakhroma.ru'), inn: '5007051236', kpp: '500701001', ogrn: '1065007021342', okpo: '92345675', businessRegionId: 'business-region-north', street: 'ул. Ленина, д. 26' }),
    named(9, 'г. Дмитров', { kind: 'person', name: 'Тихомирова Анна Львовна', phones: phones('+7 909 641-25-38'), emails: emails('tikhomirova.al@pochta-mo.ru'), birthDate: '1957-08-09', street: 'ул. Советская, д. 3, кв. 41' }),
    named(10, 'г. Мытищи', { kind: 'organization', name: 'АО «Мытищинская теплосеть»', fullName: 'Акционерное общество «Мытищинская теплосеть»', phones: phones('+7 495 586-90-08'), emails: emails('dispetcher@teploset-demo.ru'), inn: '5029004624', kpp: '502901001', ogrn: '1025003512346', okpo: '03262154', businessRegionId: 'business-region-north', street: 'ул. Колпакова, д. 20' }),
    named(11, 'г. Красногорск', { kind: 'person', name: 'Шахбазян Карине Размиковна', phones: phones('+7 985 207-66-10'), emails: emails('k.shakhbazyan@mail-oblast.ru'), birthDate: '1990-12-02', street: 'ул. Новая, д. 18' }),
    named(12, 'пгт Правдинский', { kind: 'person', name: 'Прохоренко Валентина Степановна', phones: phones('+7 903 178-44-29'), emails: emails('prohorenko.vs@pochta-mo.ru'), birthDate: '1951-02-17', street: 'ул. Садовая, д. 33' }),
    named(13, 'г. Ногинск', { kind: 'soleTrader', name: 'ИП Насыров Тимур Ильдарович', fullName: 'Индивидуальный предприниматель Насыров Тимур Ильдарович', phones: phones('+7 977 415-03-88'), emails: emails('nasyrov.ti@podmoskovye-net.ru'), inn: '503112345644', ogrn: '316505300051233', street: 'ул. Вокзальная, д. 5' }),
    named(14, 'г. Коломна', { kind: 'person', name: 'Лебедев Константин Олегович', phones: phones('+7 910 402-71-16'), emails: emails('lebedev.ko@dom-mo.ru'), birthDate: '1979-10-11', street: 'ул. Октябрьская, д. 52, кв. 8' }),
    named(15, 'с. Мураново', { kind: 'organization', name: 'Фонд «Усадьба Мураново»', fullName: 'Благотворительный фонд «Усадьба Мураново»', phones: phones('+7 495 993-70-15'), emails: emails('fond@muranovo-fond.ru'), inn: '5038099887', kpp: '503801001', ogrn: '1095000001238', okpo: '61234568', businessRegionId: 'business-region-north', street: 'д. 1' }),
  ];
}
