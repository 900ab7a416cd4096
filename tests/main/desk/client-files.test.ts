import { expect, it } from 'vitest';
import { clientFiles } from '../../../main/desk/client-files.ts';
import { aClient, anAppeal, anAttachment, anIncomingEmail, anOutgoingEmail } from '../../helpers/builders.ts';
import { filledDesk } from '../desk-kit.ts';

const file = (id: string, fileId: string, more = {}) => anAttachment({ id, fileId, name: `${fileId}.pdf`, inline: false, ...more });

const filled = filledDesk((centre) => {
  centre.put('client', aClient());
  centre.put('client', aClient({ id: 'client-merged', aliasOf: 'client-1' }));
  centre.put('client', aClient({ id: 'client-other' }));
  centre.put('incomingEmail', anIncomingEmail({ id: 'em-1', clientId: 'client-1', subject: 'Сроки', number: 'КП-26-00001842', receivedAt: '2026-11-24T06:14:00.000Z', attachments: [file('a', 'contract'), file('b', 'logo', { inline: true })] }));
  centre.put('appeal', anAppeal({ clientId: 'client-1', createdAt: '2026-11-24T07:00:00.000Z', attachments: [file('c', 'contract'), file('d', 'scan')] }));
  centre.put('outgoingEmail', anOutgoingEmail({ clientId: 'client-1', createdAt: '2026-11-25T07:00:00.000Z', sentAt: null, attachments: [file('e', 'answer')] }));
  centre.put('incomingEmail', anIncomingEmail({ id: 'em-2', clientId: 'client-merged', receivedAt: '2026-11-20T06:14:00.000Z', attachments: [file('f', 'older')] }));
  centre.put('incomingEmail', anIncomingEmail({ id: 'em-3', clientId: 'client-other', attachments: [file('g', 'foreign')] }));
});

it('files of letters and appeals, newest first, each where it came first, those of merged cards too; pictures inside a text are none', () => {
  const rows = clientFiles(filled.cache, 'client-1');
  expect(rows.map(({ fileId, documentType }) => [fileId, documentType])).toEqual([['answer', 'outgoingEmail'], ['scan', 'appeal'], ['contract', 'incomingEmail'], ['older', 'incomingEmail']]);
  expect(rows.find(({ fileId }) => fileId === 'contract')).toMatchObject({ at: '2026-11-24T06:14:00.000Z', documentId: 'em-1', from: expect.stringContaining('КП-26-00001842') });
  expect(clientFiles(filled.cache, 'unknown')).toEqual([]);
});
