import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import type { AnyDocument } from '../../../shared/base/document-type.ts';
import { documentNames, documentTypeOf, type DocumentName } from '../../../shared/domain/documents.ts';
import type { PulledRow } from '../../../shared/protocol/sync.ts';
import type { DeskBase } from '../../../main/db/desk-base.ts';
import { aClient, anIncomingEmail, aTask, aUser } from '../../helpers/builders.ts';
import { removeFolders, TestDesk } from '../desk-kit.ts';
import { MemoryCentre } from '../memory-centre.ts';

afterAll(removeFolders);

const letter = fc.constantFrom('em-0', 'em-1', 'em-2');
const card = fc.constantFrom('client-0', 'client-1', 'client-2', 'new-0', 'new-1');
const name = fc.constantFrom('Анна', 'Инна', 'Ирина');
const field = fc.constantFrom('firstName', 'middleName');

const command = fc.oneof(
  fc.record({ name: fc.constantFrom('incomingEmail.take', 'incomingEmail.returnToQueue'), input: fc.record({ id: letter }) }),
  fc.record({ name: fc.constant('incomingEmail.save'), input: fc.record({ id: letter, edits: fc.constant([{ path: 'fromWhom', before: null, after: 'consumer' }]) }) }),
  fc.record({ name: fc.constant('incomingEmail.chooseClient'), input: fc.record({ id: letter, clientId: card, link: fc.constantFrom('this', 'later') }) }),
  fc.record({ name: fc.constant('client.save'), input: fc.record({ id: card, edits: fc.record({ path: field, before: name, after: name }).map((edit) => [edit]) }) }),
  fc.record({ name: fc.constant('client.create'), input: fc.record({ id: card, letter: fc.option(letter) }).map(({ id, letter: of }) => ({ client: cardForm(id), link: of === null ? null : { incomingEmailId: of, link: 'later' } })) }),
);

/** What happens at a desk: a command, an answer of the centre, a page of it. `place`: which of the waiting commands. */
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('run' as const), command }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('refused' as const), place: fc.nat(20) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('covered' as const), place: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('card' as const), id: card, firstName: fc.option(name), more: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('letter' as const), id: letter, holder: fc.constantFrom(null, 'user-belova', 'user-kotov'), more: fc.boolean() }) },
);

function cardForm(id: string): object {
  const { registeredAt: _registeredAt, aliasOf: _aliasOf, ...form } = aClient({ id, firstName: 'Анна', middleName: 'Инна' });
  return form;
}

const emailOf = (id: string, holderId: string | null) => anIncomingEmail({ id, eventId: `event-${id}`, holderId, state: holderId === null ? 'new' : 'inWork', from: { name: '', address: 'one@pochta-mo.ru' } });

/** Everything that can be seen, and what lies beneath. */
function contents({ cache }: DeskBase): unknown {
  return ['base', ...documentNames.map((type) => `document_${type}`)].map((table) =>
    cache.database.prepare<[], { id: string }>(`SELECT id, body${table === 'base' ? '' : ', pending'} FROM ${table} ORDER BY id`).all(),
  );
}

async function openedDesk(): Promise<TestDesk> {
  const centre = new MemoryCentre();
  centre.put('user', aUser({ employeeId: null }));
  for (const n of [0, 1, 2]) {
    centre.put('client', aClient({ id: `client-${n}`, firstName: 'Анна', middleName: 'Инна' }));
    centre.put('incomingEmail', emailOf(`em-${n}`, null));
    centre.put('task', aTask({ id: `task-${n}`, documentId: `em-${n}` }));
  }
  const desk = new TestDesk(centre);
  await desk.sync();
  return desk;
}

/** A page as the centre would send it to this desk; what it says about commands is true. */
function page(base: DeskBase, rows: readonly PulledRow[], more: boolean, covered: { readonly lastSeq: number; readonly lastCommandId: string | null }): void {
  const asked = { incarnation: base.incarnation, ...base.position };
  const serverTime = '2026-11-24T06:15:00.000Z';
  const parse = (type: string, value: unknown): AnyDocument => documentTypeOf(type as DocumentName).schema.parse(value); // rows of this test
  const result = base.applyPage(asked, { kind: 'page', asked, epoch: asked.epoch ?? '', rows: [...rows], cursor: asked.cursor ?? '', more, ...covered, serverTime, external: [] }, parse, true);
  expect(result.kind).toBe('applied');
}

function rowOf(type: string, id: string, document: AnyDocument | null): PulledRow {
  return { type, id, version: 9, document: document as PulledRow['document'] }; // a document is JSON
}

it('what lies over the base after answers and pages is what laying all of it anew gives', async () => {
  let laidAgain = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 15, maxLength: 50 }), async (steps) => {
      const desk = await openedDesk();
      const { base } = desk.files;
      const none = { lastSeq: 0, lastCommandId: null };
      for (const each of steps) {
        const waiting = base.queued(200);
        if (each.kind === 'run') desk.run(each.command.name, each.command.input);
        if (each.kind === 'refused' && waiting.length > 0) {
          base.settle([{ commandId: waiting[each.place % waiting.length]?.commandId ?? '', outcome: 'rejected', duplicate: false, refusal: { code: 'internal', details: {} } }], '2026-11-24T06:15:00.000Z');
          laidAgain += 1;
        }
        const last = each.kind === 'covered' ? waiting[each.place] : undefined;
        if (each.kind === 'covered' && last !== undefined) {
          base.settle(waiting.slice(0, each.place + 1).map(({ commandId }) => ({ commandId, outcome: 'applied', duplicate: false })), '2026-11-24T06:15:00.000Z');
          page(base, [], false, { lastSeq: last.seq, lastCommandId: last.commandId });
        }
        if (each.kind === 'card') page(base, [rowOf('client', each.id, each.firstName === null ? null : aClient({ id: each.id, firstName: each.firstName, middleName: 'Инна' }))], each.more, none);
        if (each.kind === 'letter') page(base, [rowOf('incomingEmail', each.id, emailOf(each.id, each.holder))], each.more, none);
      }
      page(base, [], false, none);
      const seen = contents(base);
      base.layOverlay();
      expect(seen).toEqual(contents(base));
      await desk.close();
    }),
    { numRuns: 30, seed: 13 },
  );
  expect(laidAgain).toBeGreaterThan(30);
});
