import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { httpAsfeu } from '../../../server/adapters/asfeu/http-asfeu.ts';
import { registerAppealHandler } from '../../../server/adapters/asfeu/register-appeal-effect.ts';
import type { Appeal } from '../../../shared/domain/appeal/model.ts';
import { anAppeal } from '../../helpers/builders.ts';
import { carryOut, openTestCentre, type TestCentre } from '../test-centre.ts';
import { startEmulator, type Emulator } from '../../helpers/emulator.ts';

let emulator: Emulator;
let centre: TestCentre;
let appealId: string;
let count = 0;

beforeAll(async () => { emulator = await startEmulator(); });
afterAll(() => emulator.stop());
beforeEach(async () => {
  centre = await openTestCentre();
  count += 1;
  appealId = `appeal-${count}`;
  centre.store.put('appeal', anAppeal({ id: appealId, incomingEmailId: null, eventId: null }));
  await emulator.misbehave({});
});
afterEach(() => centre.close());

const handler = (timeoutMs = 5000) => registerAppealHandler(httpAsfeu({ url: emulator.url, token: null, timeoutMs }));
const attempt = (attempts = 1, timeoutMs?: number) => carryOut(handler(timeoutMs), centre.tools, { appealId }, attempts);
const appeal = (): Appeal => centre.store.the('appeal', appealId);
const registered = async (): Promise<number> => (await emulator.registrations()).filter(({ key }) => key === appealId).length;

describe('an appeal is registered exactly once', () => {
  test('when all goes well: number and 16-digit barcode, the task at point 1', async () => {
    expect((await attempt()).result).toBe('done');
    expect(appeal()).toMatchObject({ state: 'preparation', number: expect.stringMatching(/^ОБ-\d\d-\d{8}$/) as string, barcode: expect.stringMatching(/^\d{16}$/) as string, registrationProblem: '' });
    expect(centre.store.all('task').map(({ kind }) => kind)).toEqual(['appealPreparation']);
    expect(centre.systems.get('asfeu')).toEqual({ works: true, detail: '' });
  });

  test('when it fails first: the user sees why, then the number', async () => {
    await emulator.misbehave({ failNext: 1 });
    expect(await attempt()).toEqual({ result: 'retry', detail: 'АС ФЭУ временно не работает (ответ 503): Ведутся регламентные работы', retryAfterMs: 1000 });
    expect(appeal()).toMatchObject({ state: 'awaitsRegistration', registrationProblem: 'АС ФЭУ временно не работает (ответ 503): Ведутся регламентные работы' });
    expect(centre.systems.get('asfeu')).toMatchObject({ works: false });
    expect((await attempt(2)).result).toBe('done');
    expect(appeal().registrationProblem).toBe('');
    expect(await registered()).toBe(1);
  });

  test('when it had a number meanwhile: that one stands, and what waits for it goes on', async () => {
    const late = {
      ...httpAsfeu({ url: emulator.url, token: null, timeoutMs: 5000 }),
      findRegistration: async () => {
        centre.store.put('appeal', anAppeal({ ...appeal(), number: 'ОБ-26-00000007' }));
        return { key: appealId, number: 'ОБ-26-00000008', barcode: '4626000000000008', registeredAt: '2026-11-24T08:00:00.000Z' };
      },
    };
    expect((await carryOut(registerAppealHandler(late), centre.tools, { appealId })).result).toBe('done');
    expect(appeal().number).toBe('ОБ-26-00000007');
  });

  for (const forgetKeys of [false, true]) {
    test(`when the answer is lost${forgetKeys ? ' and the base knows no keys: it is asked before it is told again' : ''}`, async () => {
      await emulator.misbehave({ loseAnswers: 1, forgetKeys });
      expect(await attempt()).toMatchObject({ result: 'retry', detail: expect.stringContaining('Связь с АС ФЭУ оборвалась') as string });
      expect(await registered()).toBe(1);
      expect((await attempt(2)).result).toBe('done');
      expect(await registered()).toBe(1);
      expect(appeal().number).toBe((await emulator.registrations()).find(({ key }) => key === appealId)?.number);
    });
  }

  test('when it answers twice', async () => {
    await emulator.misbehave({ answerTwice: true });
    let outcome = await attempt();
    for (let attempts = 2; outcome.result === 'retry' && attempts < 6; attempts += 1) outcome = await attempt(attempts);
    expect(outcome.result).toBe('done');
    expect(await registered()).toBe(1);
  });

  test('when it is slower than we wait, and did it all the same', async () => {
    await emulator.misbehave({ slow: 300 });
    expect(await attempt(1, 100)).toMatchObject({ result: 'retry' });
    expect((await attempt(2)).result).toBe('done');
    expect(await registered()).toBe(1);
  });

  test('when it is down for long, killed and started again', async () => {
    await emulator.misbehave({ down: true });
    expect((await attempt()).result).toBe('retry');
    await emulator.kill9();
    expect(await attempt(2)).toMatchObject({ result: 'retry', detail: 'Нет связи с АС ФЭУ (ECONNREFUSED)' });
    await emulator.revive();
    expect((await attempt(3)).result).toBe('done');
    await emulator.kill9();
    await emulator.revive();
    expect(await registered()).toBe(1);
  });

  test('when the centre dies on the way', async () => {
    await emulator.misbehave({ loseAnswers: 1 });
    await attempt();
    expect((await carryOut(handler(), centre.tools, { appealId }, 2, 'recover')).result).toBe('done');
    expect(await registered()).toBe(1);
  });

  test('when the effect is carried out twice', async () => {
    await attempt();
    const { number } = appeal();
    expect(await attempt(2)).toEqual({ result: 'done', detail: `№ ${number}` });
    expect(centre.store.all('task')).toHaveLength(1);
  });
});

test('a refusal is shown, offered again later, and registered when its cause is gone', async () => {
  await emulator.misbehave({ refuse: true });
  expect(await attempt()).toEqual({ result: 'retry', detail: 'АС ФЭУ не приняла обращение: Вид обращения закрыт для регистрации', retryAfterMs: 900_000 });
  expect(appeal().registrationProblem).toBe('АС ФЭУ не приняла обращение: Вид обращения закрыт для регистрации');
  await emulator.misbehave({});
  expect(await attempt(2)).toMatchObject({ result: 'done' });
  expect(appeal()).toMatchObject({ registrationProblem: '', number: expect.any(String) as string });
});

test('not connected: it waits and says what to do', async () => {
  const outcome = await carryOut(registerAppealHandler(null), centre.tools, { appealId });
  expect(outcome).toEqual({ result: 'retry', detail: 'АС ФЭУ не подключена: укажите её адрес в настройке asfeuUrl' });
});

test('a page of HTML with 200 (a gateway) is no answer', async () => {
  const server = createServer((_request, response) => response.end('<html>login</html>'));
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const { port } = server.address() as AddressInfo; // a TCP server that listens has one
  const outcome = await carryOut(registerAppealHandler(httpAsfeu({ url: `http://127.0.0.1:${port}`, token: null, timeoutMs: 1000 })), centre.tools, { appealId });
  expect(outcome).toEqual({ result: 'retry', detail: 'АС ФЭУ ответила непонятно (ответ 200)' });
  server.close();
  server.closeAllConnections();
});
