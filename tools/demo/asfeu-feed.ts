import type { Application } from '../../shared/domain/application/model.ts';

const batchSize = 1000;

/** Gives the applications to the emulator of АС ФЭУ: they reach the centre by its feed, as real ones do. */
export async function loadApplications(emulator: string, applications: readonly Application[]): Promise<void> {
  for (let from = 0; from < applications.length; from += batchSize) {
    const response = await fetch(new URL('/emulator/applications', emulator), { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ applications: applications.slice(from, from + batchSize) }) });
    if (!response.ok) throw new Error(`Эмулятор АС ФЭУ ответил ${response.status}: ${(await response.text()).slice(0, 300)}`);
  }
}
