import { aClient } from '../helpers/builders.ts';
import { belova, kotov, senior, World } from '../helpers/domain-world.ts';
import { documentTypeOf } from '../../shared/domain/documents.ts';
import type { Author } from '../../shared/base/rule-book.ts';
import type { CentreDisk } from './centre-disk.ts';

/** Who works at which desk. */
export const deskAuthors: readonly Author[] = [belova, kotov, senior];

/** The base that the centre begins with: the small company of the domain tests and a few clients. */
export function fillCentre(disk: CentreDisk): void {
  const world = new World();
  for (let n = 1; n <= 3; n++) world.put('client', aClient({ id: `client-${n}` }));
  for (const [key, document] of Object.entries(world.store.snapshot())) {
    const type = key.slice(0, key.indexOf('/'));
    disk.documents.put({ type, id: document.id, version: 1, document, scope: documentTypeOf(type).scope(document), pastScope: [], xid: disk.nextXid, seq: disk.nextSeq++ });
  }
  disk.nextXid += 1;
}

