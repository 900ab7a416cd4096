import { describe, expect, it } from 'vitest';
import { incomingEmail } from '../../../shared/domain/incoming-email/model.ts';
import { anAttachment } from '../../helpers/builders.ts';
import { kotov, senior, World } from '../../helpers/domain-world.ts';

const garbled = { subject: 'Џрошу', from: { name: '™укин', address: 'sh@pochta-mo.ru' }, text: 'Џрошу ‚ас', problems: ['Кодировка в письме не указана'] };
const right = { subject: 'Прошу', fromName: 'Щукин', text: 'Прошу Вас', problems: [] };

function taken(): World {
  const world = new World();
  world.receive(garbled);
  world.do('incomingEmail.take', { id: 'em-1' });
  return world;
}

describe('«Исправить кодировку»', () => {
  it('the letter, its task and its event tell what the person sees; the address stays', () => {
    const world = taken();
    world.do('incomingEmail.correctCharset', { id: 'em-1', charset: 'maccyrillic', reading: right });
    expect(world.email()).toMatchObject({ subject: 'Прошу', text: 'Прошу Вас', problems: [], from: { name: 'Щукин', address: 'sh@pochta-mo.ru' }, charset: { chosen: 'maccyrillic', received: { subject: 'Џрошу', fromName: '™укин' } } });
    expect(world.tasks()[0]).toMatchObject({ subject: 'Прошу', fromName: 'Щукин' });
    expect(world.event().subject).toBe('Прошу');
    expect(incomingEmail.searchPlaces(world.email()).map(({ text }) => text)).toContain('Прошу');
  });

  it('its undo takes back the last correction alone; another charset chosen since stays', () => {
    const world = taken();
    const [first, second] = [{ id: 'em-1', charset: 'koi8-r', reading: { ...right, text: 'почти' } }, { id: 'em-1', charset: 'maccyrillic', reading: right }];
    const before = world.email();
    world.do('incomingEmail.correctCharset', first);
    const corrected = world.email();
    world.do('incomingEmail.correctCharset', second);
    world.do('incomingEmail.restoreCharset', second);
    expect(world.email()).toEqual(corrected);
    expect(world.tasks()[0]).toMatchObject({ subject: 'Прошу', fromName: 'Щукин' });
    expect(world.do('incomingEmail.restoreCharset', second).changes).toEqual([]);
    world.do('incomingEmail.restoreCharset', first);
    expect(world.email()).toEqual({ ...before, charset: null });
  });

  it('«Как прочитала программа» shows the letter as it was read when it came, after any number of corrections', () => {
    const world = taken();
    const before = world.email();
    world.do('incomingEmail.correctCharset', { id: 'em-1', charset: 'koi8-r', reading: { ...right, text: 'иное' } });
    world.do('incomingEmail.correctCharset', { id: 'em-1', charset: 'maccyrillic', reading: right });
    world.do('incomingEmail.restoreCharset', { id: 'em-1' });
    expect(world.email()).toEqual({ ...before, charset: null });
    expect(world.tasks()[0]).toMatchObject({ subject: 'Џрошу', fromName: '™укин' });
    expect(world.do('incomingEmail.restoreCharset', { id: 'em-1' }).changes).toEqual([]);
  });

  it('names of addressees and files are mended too and come back; a list of another length changes nothing', () => {
    const world = new World();
    world.receive({ ...garbled, to: [{ name: 'ЏриҐмная', address: 'client@moesk.ru' }], cc: [{ name: 'Ѓухгалтериџ', address: 'b@moesk.ru' }], attachments: [anAttachment({ name: 'Ђкт.pdf' })] });
    world.do('incomingEmail.take', { id: 'em-1' });
    const before = world.email();
    world.do('incomingEmail.correctCharset', { id: 'em-1', charset: 'maccyrillic', reading: { ...right, names: { to: ['Приёмная'], cc: ['Бухгалтерия', 'лишнее'], replyTo: [], attachments: ['Акт.pdf'] } } });
    expect(world.email()).toMatchObject({ to: [{ name: 'Приёмная', address: 'client@moesk.ru' }], cc: [{ name: 'Ѓухгалтериџ' }], attachments: [{ name: 'Акт.pdf', fileId: before.attachments[0]?.fileId }] });
    world.do('incomingEmail.restoreCharset', { id: 'em-1' });
    expect(world.email()).toEqual({ ...before, charset: null });
  });

  it('only whoever works on the letter may', () => {
    const world = taken();
    for (const other of [kotov, senior]) expect(world.outcome('incomingEmail.correctCharset', { id: 'em-1', charset: 'koi8-r', reading: right }, other)).toBe('notInWork');
    expect(world.outcome('incomingEmail.restoreCharset', { id: 'em-1' }, kotov)).toBe('notInWork');
  });
});
