import type { DemoLetter } from './letter-source.ts';

const consumerLetters: readonly DemoLetter[] = [
  {
    from: { name: 'Соколова Марина', address: 'm.sokolova@pochta-mo.ru' }, subject: 'Сроки по договору ТП И-26-00-418233/102', minutesAgo: 18,
    text: 'Здравствуйте!\n\nПрошу сообщить, на какой стадии находится моя заявка на технологическое присоединение № И-26-00-418233/102 от 03.06.2026 (жилой дом, 15 кВт, д. Беляниново, ул. Центральная, д. 14, кадастровый № 50:12:0060114:327).\n\nПо договору срок выполнения мероприятий составляет 6 месяцев и истекает 10 декабря, но опоры на нашей улице до сих пор не установлены. На звонки в Мытищинский РЭС никто не отвечает.\n\nПрошу назвать дату начала работ и прислать ответ на эту почту. Копии договора и квитанции об оплате прилагаю.\n\nС уважением,\nСоколова Марина Игоревна\nтел. 8 (916) 204-18-55',
    attachments: [{ file: 'dogovor.pdf', name: 'Договор ТП И-26-00-418233.pdf' }, { file: 'kvitanciya.jpg', name: 'Квитанция_оплата.jpg' }],
  },
  {
    from: { name: 'Соколова Марина', address: 'm.sokolova@pochta-mo.ru' }, subject: 'Заявка на подключение дома', minutesAgo: 9 * 1440,
    text: 'Добрый день.\n\nПодскажите, пожалуйста, какой телефон у Мытищинского РЭС? По номеру с сайта не дозвониться.\n\nСоколова М. И.',
  },
  {
    from: { name: 'Ермолаев Дмитрий Вячеславович', address: 'd.ermolaev@dom-mo.ru' }, subject: 'Повреждён кабель у дома 7, искрит щит', minutesAgo: 25, charset: 'windows-1251',
    text: 'Здравствуйте!\n\nУ дома 7 по улице Лесной в Мытищах экскаватор повредил кабель. Щит у подъезда искрит, дверца не закрывается. Рядом детская площадка.\n\nФото прилагаю. Просьба прислать бригаду.\n\nЕрмолаев Д. В., кв. 12, тел. 8 915 118-90-03',
    attachments: [{ file: 'foto-schit.jpg', name: 'Щит у подъезда.jpg' }],
  },
  {
    from: { name: 'Гаврилюк Олег Петрович', address: 'gavrilyuk.op@pochta-mo.ru' }, subject: 'Скачки напряжения в д. Сухарево, третий день', minutesAgo: 64,
    text: 'Добрый день!\n\nТретий день подряд в д. Сухарево (ул. Полевая, д. 7) по вечерам напряжение падает до 170 В, а ночью доходит до 250 В. Сгорел насос. Соседи жалуются на то же.\n\nПрошу замерить напряжение и сообщить, когда будет устранено. Если не поможете, напишу жалобу в Ростехнадзор.\n\nГаврилюк Олег Петрович, +7 926 330-14-77',
  },
  {
    from: { name: 'ООО «Домострой-Яхрома»', address: 'office@domostroy-yakhroma.ru' }, subject: 'Письмо № 214/26 о переносе опоры', minutesAgo: 71,
    text: 'Добрый день!\n\nНаправляем официальное письмо № 214/26 от 23.11.2026 о переносе опоры № 41 ВЛ 0,4 кВ. Просим подтвердить получение.\n\nСекретарь Лунина О. В., 8 (496) 225-40-61',
    html: '<div style="font-family:Arial"><p>Добрый день!</p><p>Направляем официальное письмо <b>№ 214/26</b> от 23.11.2026 о переносе опоры № 41 ВЛ 0,4 кВ. Просим подтвердить получение.</p><p style="color:#666">Секретарь Лунина О. В., 8 (496) 225-40-61</p></div>',
    attachments: [{ file: 'pismo-214.pdf', name: 'Исх. 214-26.pdf' }],
  },
  {
    from: { name: 'Тихомирова Анна Львовна', address: 'tikhomirova.al@pochta-mo.ru' }, subject: 'Re: КП-26-00001796 Не пришёл договор', minutesAgo: 88, charset: 'koi8-r',
    text: 'Здравствуйте.\n\nПишу второй раз: договор по заявке И-26-00-377104/102 так и не пришёл ни на почту, ни в личный кабинет. Обещали на прошлой неделе.\n\nТихомирова А. Л.\n\n> Ваше письмо зарегистрировано под номером КП-26-00001796.',
  },
  {
    from: { name: 'Шахбазян Карине Размиковна', address: 'k.shakhbazyan@mail-oblast.ru' }, subject: 'Просьба увеличить мощность с 15 до 25 кВт', minutesAgo: 120,
    text: 'Здравствуйте! По заявке И-26-00-397755/102 договор подписан на 15 кВт. Хочу увеличить мощность до 25 кВт: поставили тепловой насос. Какие документы нужны и нужно ли подавать новую заявку?\n\nС уважением, Карине Шахбазян\n8 985 207 66 10',
    html: '<p>Здравствуйте! По заявке <b>И-26-00-397755/102</b> договор подписан на 15 кВт. Хочу увеличить мощность до 25 кВт: поставили тепловой насос.</p><p>Какие документы нужны и нужно ли подавать новую заявку?</p><p>С уважением, Карине Шахбазян<br>8 985 207 66 10</p><img src="https://pixel.example.net/open?id=77" width="1" height="1" alt="">',
  },
  {
    from: { name: 'СНТ «Берёзовая роща-2»', address: 'pravlenie@roscha2-snt.ru' }, subject: 'Акт сверки за III квартал 2026 года', minutesAgo: 33,
    text: 'Добрый день!\n\nНаправляем подписанный с нашей стороны акт сверки за III квартал 2026 года. Просим вернуть второй экземпляр.\n\nПредседатель правления Воронцова Е. А.',
    attachments: [{ file: 'akt-sverki.pdf', name: 'Акт сверки III кв 2026.pdf' }],
  },
  {
    from: { name: 'АО «Мытищинская теплосеть»', address: 'dispetcher@teploset-demo.ru' }, subject: 'Проверка подписки на уведомления', minutesAgo: 101,
    text: 'Просим проверить, подключена ли подписка на уведомления о плановых отключениях для котельной № 3 (г. Мытищи, ул. Колпакова, д. 20). Последнее уведомление не пришло.',
  },
  {
    from: { name: '', address: 'prohorenko.vs@pochta-mo.ru' }, subject: '', minutesAgo: 140, charset: 'windows-1251', labelledCharset: 'iso-8859-1',
    text: 'Дорогая редакция, то есть энергетики. Обещали перезвонить про столб у калитки и не перезвонили. Прохоренко Валентина Степановна, Правдинский, Садовая 33.',
  },
  {
    from: { name: 'Насыров Тимур', address: 'nasyrov.ti@podmoskovye-net.ru' }, subject: 'Опломбировка счётчика в магазине', minutesAgo: 152, charset: 'iso-8859-5',
    text: 'Добрый день! После замены прибора учёта нужна опломбировка: г. Ногинск, ул. Вокзальная, д. 5, магазин. Когда может приехать инспектор?\n\nИП Насыров Т. И.',
  },
  {
    from: { name: 'Лебедев Константин Олегович', address: 'lebedev.ko@dom-mo.ru' }, subject: 'Жалоба: нарушен срок присоединения', minutesAgo: 165,
    text: 'Прошу зарегистрировать жалобу. Срок по договору технологического присоединения истёк 1 октября, объект (г. Коломна, ул. Октябрьская, д. 52) не подключён, ответа на два моих обращения нет.\n\nЛебедев Константин Олегович, 8 910 402-71-16',
    attachments: [{ file: 'dogovor.pdf', name: 'Договор.pdf' }],
  },
  {
    from: { name: 'Фонд «Усадьба Мураново»', address: 'fond@muranovo-fond.ru' }, subject: 'О переносе ВЛ 0,4 кВ', minutesAgo: 171,
    text: 'Уважаемые коллеги!\n\nПросим рассмотреть вопрос переноса ВЛ 0,4 кВ, проходящей по территории усадебного парка (с. Мураново). Письмо на бланке будет направлено дополнительно.\n\nДиректор фонда Арсеньева М. Д.',
  },
  {
    from: { name: 'Kirill', address: 'kirill.new.house@mail-oblast.ru' }, subject: 'Сколько стоит подключить дом?', minutesAgo: 8,
    text: 'Здравствуйте, купил участок в д. Талицы под Пушкино, света нет. Куда подавать заявку и сколько это стоит? 15 кВт. Мой телефон +7 929 551-20-64, Панкратов Кирилл Евгеньевич.',
  },
  {
    from: { name: 'Рыбакова Вера', address: 'v.rybakova77@dom-mo.ru' }, subject: 'Спасибо бригаде Пушкинского РЭС', minutesAgo: 175,
    text: 'Хочу поблагодарить бригаду Пушкинского РЭС, которая в субботу ночью за два часа восстановила свет на нашей улице. Рыбакова Вера Павловна, с. Братовщина.',
  },
  {
    from: { name: 'Дачник', address: 'dachnik-1960@pochta-mo.ru' }, subject: 'Показания', minutesAgo: 176, charset: 'cp866',
    text: 'Передаю показания: 014732. Куда их вообще передавать? В прошлом месяце не приняли.',
  },
];

const officialLetters: readonly DemoLetter[] = [
  {
    from: { name: 'Администрация г. о. Пушкинский', address: 'kanc@adm-pushkinsky.ru' }, subject: 'Совещание 26.11 по выносу КЛ 10 кВ', minutesAgo: 41,
    text: 'Направляем факсограмму о совещании 26 ноября в 11:00. Просим подтвердить участие.\n\nКанцелярия администрации', attachments: [{ file: 'faksogramma.pdf', name: 'Факсограмма 1187.pdf' }],
  },
  {
    from: { name: 'Управление капитального строительства', address: 'uks@uks-demo.ru' }, subject: 'Факсограмма о совещании 25.11', minutesAgo: 160, charset: 'windows-1251',
    text: 'Факсограмма\n\nСовещание по объекту «Коллектор Северный» состоится 25.11.2026 в 10:00, кабинет 402. Протокол прошлого совещания приложен.\n\nНачальник управления Мельник С. А.',
    attachments: [{ file: 'faksogramma.pdf', name: 'Факсограмма.pdf' }, { file: 'protokol.pdf', name: 'Протокол от 18.11.pdf' }],
  },
  {
    from: { name: 'ГБУ «Мосводосток»', address: 'protokol@vodostok-demo.ru' }, subject: 'Протокол рабочей встречи от 23.11.2026', minutesAgo: 94,
    text: 'Коллеги, направляю протокол рабочей встречи от 23.11.2026 для исполнения.', attachments: [{ file: 'protokol.pdf', name: 'Протокол 23.11.2026.pdf' }],
  },
  {
    from: { name: 'АО «Мособлсбыт»', address: 'sverka@sbyt-demo.ru' }, subject: 'Акт сверки по договору оказания услуг', minutesAgo: 168,
    text: 'Направляем акт сверки по договору оказания услуг по передаче за октябрь 2026 года.', attachments: [{ file: 'akt-sverki.pdf', name: 'Акт_сверки_10_2026.pdf' }],
  },
  {
    from: { name: 'Прокуратура г. Мытищи', address: 'mytischi@prok-demo.ru' }, subject: 'Запрос информации № 07-04-2026', minutesAgo: 52,
    text: 'В связи с рассмотрением обращения жителей д. Сухарево прошу в срок до 05.12.2026 представить сведения о качестве электроэнергии в населённом пункте.\n\nПомощник городского прокурора',
  },
];

const machineLetters: readonly DemoLetter[] = [
  {
    from: { name: 'Выгодные кабели ОПТОМ', address: 'sale@kabel-optom.biz' }, subject: 'СКИДКА 40 % на кабель ВВГ только до пятницы!!!', minutesAgo: 12,
    text: 'Кабель со склада! Скидка 40 %! Звоните прямо сейчас.', html: '<h1 style="color:#d00">СКИДКА 40 %</h1><p>Кабель ВВГ со склада. <a href="https://kabel-optom.example.net/buy">Заказать</a></p><img src="https://kabel-optom.example.net/banner.jpg" alt="баннер"><script>alert(1)</script>',
    headers: { 'List-Unsubscribe': '<https://kabel-optom.example.net/off>', Precedence: 'bulk' },
  },
  {
    from: { name: 'Mail Delivery System', address: 'mailer-daemon@pochta-mo.ru' }, returnPath: '', subject: 'Undelivered Mail Returned to Sender', minutesAgo: 30, answersTo: 'ivanov',
    text: 'Ваше письмо не доставлено: получатель не найден.\n\n<ivanov.1958@pochta-mo.ru>: 550 5.1.1 User unknown',
    headers: { 'Auto-Submitted': 'auto-replied' },
    report: { mediaType: 'message/delivery-status', text: 'Reporting-MTA: dns; mx.pochta-mo.ru\r\n\r\nFinal-Recipient: rfc822; ivanov.1958@pochta-mo.ru\r\nAction: failed\r\nStatus: 5.1.1\r\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\r\n' },
  },
  {
    from: { name: 'Лапина Елена Сергеевна', address: 'lapina.es@moesk-res.ru' }, returnPath: '', subject: 'Автоответ: в отпуске до 30 ноября', minutesAgo: 48, answersTo: 'lapina',
    text: 'Я в отпуске до 30 ноября. По срочным вопросам: 8 (495) 993-51-12.', headers: { 'Auto-Submitted': 'auto-replied', 'X-Auto-Response-Suppress': 'All' },
  },
  {
    from: { name: 'Мытищинский РЭС, Жуков А. В.', address: 'zhukov.av@moesk.ru' }, to: 'requests', subject: 'И-26-00-402871: опоры завезены 20.11', minutesAgo: 57,
    text: 'По заявке И-26-00-402871/102: опоры завезены 20.11, монтаж запланирован на 1–4 декабря.\n\nЖуков А. В.',
  },
];

/** The letters that wait in the mailboxes of the demo, oldest first. */
export const demoLetters: readonly DemoLetter[] = [...consumerLetters, ...officialLetters, ...machineLetters].sort((a, b) => b.minutesAgo - a.minutesAgo);
