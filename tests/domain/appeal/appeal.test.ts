import { describe, expect, it } from 'vitest';
import { systemAuthor } from '../../../shared/base/scope.ts';
import type { Appeal } from '../../../shared/domain/appeal/model.ts';
import { appealPrefill, withApplicationData } from '../../../shared/domain/appeal/prefill-rules.ts';
import { forwardDraft } from '../../../shared/domain/outgoing-email/draft-rules.ts';
import { awaitsAppealNumber } from '../../../shared/domain/outgoing-email/rules.ts';
import { aClient, anApplication } from '../../helpers/builders.ts';
import { kotov, senior, World } from '../../helpers/domain-world.ts';

const registration = { id: 'appeal-1', number: 'ОБ-1184/26', barcode: '1234567890123456' };

function numbered(classification: 'text' | 'official' = 'text'): World {
  const world = new World();
  world.put('client', aClient());
  world.put('application', anApplication());
  world.numbered(classification);
  return world;
}
const form = (world: World, given: object = {}) => ({ appeal: { ...appealPrefill(world.email(), world.store.the('client', 'client-1'), [anApplication()]), id: 'appeal-1', branchId: 'branch-north', responsibleId: 'employee-safina', ...given } });
const appeal = (world: World): Appeal => world.store.the('appeal', 'appeal-1');

function created(classification: 'text' | 'official' = 'text'): World {
  const world = numbered(classification);
  world.do('appeal.create', form(world));
  return world;
}
const register = (world: World) => world.do('appeal.recordRegistration', registration, systemAuthor);
const forward = (world: World, id = 'out-1') => ({ ...forwardDraft(world.email(), appeal(world)), id, to: [{ name: '', address: 'asud@moesk.ru' }] });

describe('2.10.1 «Создать обращение»', () => {
  it('2.10.1.1 the form is prefilled from the letter and the card', () => {
    const world = numbered();
    world.put('incomingEmail', { ...world.email(), text: 'По заявке и-26-00-418233/102 прошу ответить.' });
    expect(appealPrefill(world.email(), aClient(), [anApplication(), anApplication({ id: 'application-2', number: 'И-26-00-000001/102' })])).toMatchObject({
      registrationPlace: 'email', deliveryPlace: 'email', intakeChannel: 'other', content: 'По заявке и-26-00-418233/102 прошу ответить.', phone: '+7 916 204-18-55', email: 'm.sokolova@pochta-mo.ru',
      applicationIds: ['application-1'], dataFromApplicationId: null, branchId: '', responsibleId: '',
    });
  });

  it('2.10.1.2 «Использовать данные из заявки» copies the object; a chosen branch stays', () => {
    const world = numbered();
    const draft = form(world).appeal;
    expect(withApplicationData(draft, anApplication())).toMatchObject({ dataFromApplicationId: 'application-1', objectName: 'Жилой дом', regionId: 'region-moscow-oblast', gridDistrictId: 'district-mytishchi', branchId: 'branch-north' });
    expect(withApplicationData({ ...draft, branchId: 'branch-south' }, anApplication()).branchId).toBe('branch-south');
  });

  it('2.8.1.4 «Записать» registers the appeal and ends the letter’s task in the same command', () => {
    const world = numbered();
    const { effects } = world.do('appeal.create', form(world, { applicationIds: ['application-1'] }));
    expect(appeal(world)).toMatchObject({
      state: 'awaitsRegistration', number: null, barcode: null, kindId: 'kind-101', categoryId: 'category-2', topicId: 'topic-1', subtopicId: 'subtopic-108', internetCardNumber: 'КП-26-00000001', createdBy: 'user-belova',
      dueAt: '2026-12-24T20:59:59.999Z', ruleId: 'rule-T-WRITTEN-1', effectId: effects[0]?.id,
    });
    expect(effects).toEqual([{ id: appeal(world).effectId, kind: 'registerAppeal', payload: { appealId: 'appeal-1' } }]);
    expect(world.email()).toMatchObject({ state: 'done', appealId: 'appeal-1', awaitsAsud: false });
    expect(world.tasks()).toMatchObject([{ state: 'done' }]);
    expect(world.event()).toMatchObject({ outcome: 'appealRegistered', appealId: 'appeal-1', applicationIds: ['application-1'], finishedBy: 'user-belova' });
  });

  it('2.8.1.4 one appeal of a letter', () => {
    const world = created();
    expect(world.outcome('appeal.create', form(world, { id: 'appeal-2' }))).toBe('appealExists');
  });

  it('2.10.1.4 without the mark «Наличие посредника/представителя» nothing of an intermediary stays', () => {
    const world = numbered();
    world.do('appeal.create', form(world, { hasIntermediary: false, intermediaryId: 'client-1', authorityNumber: '7', authorityFrom: '2026-01-01', authorityTo: '2027-01-01' }));
    expect(world.store.the('appeal', 'appeal-1')).toMatchObject({ hasIntermediary: false, intermediaryId: null, authorityNumber: '', authorityFrom: '', authorityTo: '' });
  });

  it.each([
    [{ branchId: '' }, 'required'],
    [{ responsibleId: '' }, 'required'],
    [{ hasIntermediary: true }, 'required'],
    [{ hasIntermediary: true, intermediaryId: 'none' }, 'invalidInput'],
    [{ branchId: 'none' }, 'invalidInput'],
    [{ responsibleId: 'none' }, 'invalidInput'],
    [{ clientId: 'none' }, 'invalidInput'],
    [{ applicationIds: ['none'] }, 'invalidInput'],
    [{ authorityFrom: '2026-02-01', authorityTo: '2026-01-01' }, 'invalidInput'],
    [{ authorityFrom: 'завтра' }, 'invalidInput'],
  ])('2.10.1.5 %j: %s', (given, code) => {
    const world = numbered();
    expect(world.outcome('appeal.create', form(world, given))).toBe(code);
  });

  it('2.8.1.2 not before the number', () => {
    const world = numbered();
    world.put('incomingEmail', { ...world.email(), number: null, state: 'inWork' });
    expect(world.run('appeal.create', form(world))).toMatchObject({ refusal: { code: 'required', details: { fields: ['Рег. номер'] } } });
  });

  it('2.10.1.4 an intermediary is kept only with its check', () => {
    const world = numbered();
    world.do('appeal.create', form(world, { intermediaryId: 'client-1' }));
    expect(appeal(world).intermediaryId).toBeNull();
  });
});

describe('2.10.1 АС ФЭУ answers', () => {
  it('2.10.1.8–11 number, barcode, second automatic reply, task at point 1 for who registered', () => {
    const world = created();
    const { effects } = register(world);
    expect(appeal(world)).toMatchObject({ state: 'preparation', number: 'ОБ-1184/26', barcode: '1234567890123456', registeredAt: world.now });
    const reply = world.store.all('outgoingEmail').find(({ kind }) => kind === 'autoReplyAppeal');
    expect(reply).toMatchObject({ subject: 'Обращение № ОБ-1184/26', text: 'Номер ОБ-1184/26, ШК 1234567890123456, письмо КП-26-00000001.', appealId: 'appeal-1' });
    expect(effects).toMatchObject([{ kind: 'sendEmail', payload: { outgoingEmailId: reply?.id } }]);
    expect(world.tasks('appeal-1')).toMatchObject([{ kind: 'appealPreparation', assigneeId: 'user-belova', roles: [], state: 'open', dueAt: '2026-12-24T20:59:59.999Z' }]);
    expect(world.event().outcomeDetails).toBe('№ ОБ-1184/26');
  });

  it('2.10.1.8 the answer given twice changes nothing; another number is refused', () => {
    const world = created();
    register(world);
    const before = world.store.snapshot();
    expect(register(world).changes).toEqual([]);
    expect(world.outcome('appeal.recordRegistration', { ...registration, number: 'ОБ-2' }, systemAuthor)).toBe('alreadyNumbered');
    expect(world.store.snapshot()).toEqual(before);
  });

  it('2.10.1.7 why АС ФЭУ has not answered is shown until it does', () => {
    const world = created();
    world.do('appeal.recordProblem', { id: 'appeal-1', problem: 'АС ФЭУ не отвечает' }, systemAuthor);
    expect(appeal(world).registrationProblem).toBe('АС ФЭУ не отвечает');
    register(world);
    expect(appeal(world).registrationProblem).toBe('');
    expect(world.do('appeal.recordProblem', { id: 'appeal-1', problem: 'поздно' }, systemAuthor).changes).toEqual([]);
  });
});

describe('2.8.2 the official letter of a consumer', () => {
  it('2.8.2.4 after the appeal it waits for АСУД', () => {
    expect(created('official').email()).toMatchObject({ state: 'done', awaitsAsud: true });
  });

  it('2.8.2.8 forwarded after registration it names the number; point 1 gives way to point 2', () => {
    const world = created('official');
    register(world);
    const draft = forward(world);
    expect(draft.text).toContain('Регистрационный номер обращения: ОБ-1184/26');
    const { effects } = world.do('outgoingEmail.send', draft);
    expect(effects[0]?.dependsOn).toBeUndefined();
    expect(world.email()).toMatchObject({ state: 'done', awaitsAsud: false });
    expect(appeal(world)).toMatchObject({ state: 'check', forwardedToAsud: true });
    expect(world.tasks('appeal-1').map(({ kind, state }) => [kind, state])).toEqual([['appealPreparation', 'cancelled'], ['appealCheck', 'open']]);
    expect(world.event()).toMatchObject({ outcome: 'appealRegistered', outcomeDetails: '№ ОБ-1184/26; переслано в АСУД: asud@moesk.ru' });
  });

  it('2.8.2.8 written before АС ФЭУ answered it waits for the number, which comes into its text', () => {
    const world = created('official');
    const { effects } = world.do('outgoingEmail.send', { ...forward(world), text: 'Прошу зарегистрировать.' });
    expect(effects[0]?.dependsOn).toEqual([appeal(world).effectId]);
    expect(awaitsAppealNumber(world.store.the('outgoingEmail', 'out-1'))).toBe(true);
    expect(appeal(world)).toMatchObject({ state: 'awaitsRegistration', forwardedToAsud: true });
    register(world);
    expect(world.store.the('outgoingEmail', 'out-1')).toMatchObject({ state: 'queued', text: 'Регистрационный номер обращения: ОБ-1184/26\n\nПрошу зарегистрировать.' });
    expect(appeal(world).state).toBe('check');
    expect(world.tasks('appeal-1')).toMatchObject([{ kind: 'appealCheck', roles: ['checker'], assigneeId: null, state: 'open' }]);
    expect(world.event().outcomeDetails).toBe('№ ОБ-1184/26; переслано в АСУД: asud@moesk.ru');
  });

  it('2.8.2.8 a draft begun before the answer gets the number when it is sent', () => {
    const world = created('official');
    const draft = forward(world);
    register(world);
    world.do('outgoingEmail.send', draft);
    expect(world.store.the('outgoingEmail', 'out-1').text).toMatch(/^Регистрационный номер обращения: ОБ-1184\/26\n/);
  });

  it('2.8.2.5 its holder forwards it, or a supervisor; once', () => {
    const world = created('official');
    expect(world.outcome('outgoingEmail.send', forward(world), kotov)).toBe('notInWork');
    world.do('outgoingEmail.send', forward(world), senior);
    expect(world.outcome('outgoingEmail.send', { ...forward(world), id: 'out-2' })).toBe('wrongState');
  });
});
