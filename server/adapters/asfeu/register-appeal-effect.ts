import { describeRefusal } from '../../../shared/base/errors.ts';
import { appealSchema, type Appeal } from '../../../shared/domain/appeal/model.ts';
import { effectPayloads } from '../../../shared/domain/effects.ts';
import { commandIdFor } from '../../commands/system-runner.ts';
import type { EffectHandler, EffectResult, RunningEffect } from '../../jobs/effects.ts';
import type { CentreTools } from '../adapter.ts';
import { AsfeuFailure, type Asfeu } from './asfeu.ts';
import type { Registration } from './contract.ts';
import { registrationRequest } from './registration-request.ts';

/** How АС ФЭУ shows in the status line. */
export const asfeuSystem = { system: 'asfeu', title: 'АС ФЭУ' } as const;

/**
 * What АС ФЭУ refuses is mended in АС ФЭУ (a kind opened, a client entered), not in the appeal, whose form is closed: it is offered again at this
 * pause, the reason in sight, and whatever waits for the number goes on by itself.
 */
const refusedPauseMs = 15 * 60_000;

async function readAppeal(effect: RunningEffect, tools: CentreTools): Promise<Appeal | null> {
  const { appealId } = effectPayloads.registerAppeal.parse(effect.payload);
  const [document] = await tools.read([{ kind: 'get', type: 'appeal', id: appealId }]);
  return document ? appealSchema.parse(document) : null;
}

/** The user who waits sees why. */
async function explain(effect: RunningEffect, appeal: Appeal, problem: string, tools: CentreTools): Promise<void> {
  await tools.runSystem('appeal.recordProblem', { id: appeal.id, problem }, { commandId: commandIdFor(`appeal.recordProblem:${effect.id}:${effect.attempts}`) });
}

async function conclude(effect: RunningEffect, appeal: Appeal, { number, barcode }: Registration, tools: CentreTools): Promise<EffectResult> {
  const outcome = await tools.runSystem('appeal.recordRegistration', { id: appeal.id, number, barcode }, { commandId: commandIdFor(`appeal.recordRegistration:${effect.id}:${effect.attempts}`) });
  // It has a number already: that one stands, and what waited for a number has it.
  if (!outcome.ok && outcome.refusal.code === 'alreadyNumbered') return { result: 'done', detail: describeRefusal(outcome.refusal).text };
  if (!outcome.ok) {
    // АС ФЭУ has registered it and keeps the number: the answer is asked for again, nothing that waits for it is given up.
    const problem = `Ответ АС ФЭУ не записан: ${describeRefusal(outcome.refusal).text}`;
    await explain(effect, appeal, problem, tools);
    return { result: 'retry', detail: problem, retryAfterMs: refusedPauseMs };
  }
  return { result: 'done', detail: `№ ${number}` };
}

function report(tools: CentreTools, failure: AsfeuFailure | null): void {
  const works = failure === null || failure.kind !== 'down';
  tools.externalSystems.report(asfeuSystem.system, { title: asfeuSystem.title, works, detail: works ? '' : failure.message });
}

/**
 * Registers once, whatever is lost on the way: the key is the appeal's id, and АС ФЭУ is always asked what it knows of it before it
 * is told to register (domain.md §4).
 */
async function register(effect: RunningEffect, asfeu: Asfeu | null, tools: CentreTools): Promise<EffectResult> {
  const appeal = await readAppeal(effect, tools);
  if (appeal === null) return { result: 'failed', detail: 'Обращение не найдено' };
  if (appeal.number !== null) return { result: 'done', detail: `№ ${appeal.number}` };
  try {
    if (asfeu === null) throw new AsfeuFailure('down', 'АС ФЭУ не подключена: укажите её адрес в настройке asfeuUrl');
    const registration = (await asfeu.findRegistration(appeal.id)) ?? (await asfeu.registerAppeal(appeal.id, await registrationRequest(appeal, tools.read)));
    report(tools, null);
    return await conclude(effect, appeal, registration, tools);
  } catch (error) {
    if (!(error instanceof AsfeuFailure)) throw error;
    report(tools, error);
    await explain(effect, appeal, error.message, tools);
    const retryAfterMs = error.kind === 'refused' ? refusedPauseMs : error.retryAfterMs;
    return { result: 'retry', detail: error.message, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  }
}

/** Carries out `registerAppeal`. Repeating is always safe: it begins with the question. */
export function registerAppealHandler(asfeu: Asfeu | null): EffectHandler {
  const run = (effect: RunningEffect, tools: CentreTools): Promise<EffectResult> => register(effect, asfeu, tools);
  return { kind: 'registerAppeal', system: asfeuSystem.system, run, recover: run, onThrow: 'retry' };
}
