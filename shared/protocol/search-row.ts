import type { AnyDocument } from '../base/document-type.ts';
import { appealStateTitles, type Appeal } from '../domain/appeal/model.ts';
import { applicationStageTitles, type Application } from '../domain/application/model.ts';
import type { Client } from '../domain/client/model.ts';
import { documentTypes } from '../domain/documents.ts';
import { incomingEmailStateTitles, type IncomingEmail } from '../domain/incoming-email/model.ts';
import { outgoingEmailStateTitles, type OutgoingEmail } from '../domain/outgoing-email/model.ts';
import { taskStateTitles, type Task } from '../domain/task/model.ts';
import type { PlaceMatch } from '../text/search-match.ts';
import type { RecentClient, SearchRow, SearchType } from './search.ts';

type RowFields = Pick<SearchRow, 'id' | 'title' | 'detail' | 'at' | 'state'>;

const longestDetail = 200;

function detail(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' · ').slice(0, longestDetail);
}

function mainOf<T extends { readonly main: boolean }>(rows: readonly T[]): T | undefined {
  return rows.find(({ main }) => main) ?? rows[0];
}

/** A client in one line: name; main phone and address. */
export function clientLine(client: Client): RecentClient {
  return { id: client.id, title: documentTypes.client.presentation(client), detail: detail(mainOf(client.phones)?.typed ?? '', mainOf(client.addresses)?.text ?? '') };
}

/** What a row of the search shows of a document of each kind. */
const rows: { readonly [K in SearchType]: (document: AnyDocument) => RowFields } = {
  client: (document) => ({ ...clientLine(document as Client), at: null, state: '' }), // each is given documents of its own type
  application: (document) => {
    const { id, number, applicantName, objectName, address, receivedAt, stage } = document as Application;
    return { id, title: `Заявка ${number}`, detail: detail(applicantName, objectName, address), at: receivedAt, state: applicationStageTitles[stage] };
  },
  appeal: (document) => {
    const appeal = document as Appeal;
    return { id: appeal.id, title: documentTypes.appeal.presentation(appeal), detail: detail(appeal.content), at: appeal.createdAt, state: appealStateTitles[appeal.state] };
  },
  incomingEmail: (document) => {
    const email = document as IncomingEmail;
    return { id: email.id, title: documentTypes.incomingEmail.presentation(email), detail: detail(email.subject), at: email.receivedAt, state: incomingEmailStateTitles[email.state] };
  },
  outgoingEmail: (document) => {
    const email = document as OutgoingEmail;
    return { id: email.id, title: documentTypes.outgoingEmail.presentation(email), detail: detail(email.to.map(({ address }) => address).join(', ')), at: email.sentAt ?? email.createdAt, state: outgoingEmailStateTitles[email.state] };
  },
  task: (document) => {
    const task = document as Task;
    return { id: task.id, title: documentTypes.task.presentation(task), detail: detail(task.fromName), at: task.createdAt, state: taskStateTitles[task.state] };
  },
};

/** A row of the search: the document and why it was found. `similar`: with a slip of the keyboard. */
export function searchRow(type: SearchType, document: AnyDocument, { place, text, ranges }: PlaceMatch, similar: boolean): SearchRow {
  return { ...rows[type](document), matched: { place, text, ranges: ranges.map(([start, end]) => [start, end]) }, similar };
}
