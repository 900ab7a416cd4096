import type { CentreConfig } from '../../config.ts';
import type { Adapter } from '../adapter.ts';
import { startFeedPoller } from './feed-poller.ts';
import { httpAsfeu } from './http-asfeu.ts';
import { asfeuSystem, registerAppealHandler } from './register-appeal-effect.ts';

/** АС ФЭУ: registers appeals and feeds applications. Without an address registrations wait and the reason is seen. */
export function asfeuAdapter(config: Pick<CentreConfig, 'asfeuUrl' | 'asfeuToken' | 'asfeuTimeoutMs' | 'asfeuPollSeconds'>): Adapter {
  const asfeu = config.asfeuUrl === null ? null : httpAsfeu({ url: config.asfeuUrl, token: config.asfeuToken, timeoutMs: config.asfeuTimeoutMs });
  return {
    name: 'asfeu',
    effectHandlers: [registerAppealHandler(asfeu)],
    start: async (tools) => {
      if (asfeu === null) {
        tools.externalSystems.report(asfeuSystem.system, { title: asfeuSystem.title, works: false, detail: 'Не подключена: укажите адрес в настройке asfeuUrl' });
        return { stop: async () => undefined };
      }
      return startFeedPoller(asfeu, tools, config.asfeuPollSeconds * 1000);
    },
  };
}
