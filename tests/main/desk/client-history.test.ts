import { afterAll, expect, it } from 'vitest';
import { clientHistory } from '../../../main/desk/client-history.ts';
import { aClient, anApplication, anIncomingEmail } from '../../helpers/builders.ts';
import { removeFolders, TestDesk } from '../desk-kit.ts';
import { MemoryCentre } from '../memory-centre.ts';

afterAll(removeFolders);

it('2.6.5, 2.6.7 the history holds letters and applications, newest first, those of the cards merged into it too', async () => {
  const centre = new MemoryCentre();
  centre.put('client', aClient());
  centre.put('client', aClient({ id: 'client-merged', aliasOf: 'client-1' }));
  centre.put('client', aClient({ id: 'client-long-ago', aliasOf: 'client-merged' }));
  centre.put('client', aClient({ id: 'client-other' }));
  centre.put('incomingEmail', anIncomingEmail({ clientId: 'client-1', receivedAt: '2026-11-24T06:14:00.000Z' }));
  centre.put('incomingEmail', anIncomingEmail({ id: 'em-merged', clientId: 'client-long-ago', receivedAt: '2026-11-25T06:14:00.000Z' }));
  centre.put('incomingEmail', anIncomingEmail({ id: 'em-other', clientId: 'client-other' }));
  centre.put('application', anApplication({ id: 'application-merged', clientId: 'client-merged', receivedAt: '2026-11-23T06:14:00.000Z' }));
  const desk = new TestDesk(centre);
  await desk.sync();
  expect(clientHistory(desk.files.base.cache, 'client-1').map(({ id }) => id)).toEqual(['em-merged', 'em-1', 'application-merged']);
  await desk.close();
});
