import type { AnyDocument, DocumentType } from '../base/document-type.ts';
import { addressLink, type AddressLink } from './address-link/model.ts';
import { appeal, type Appeal } from './appeal/model.ts';
import { application, type Application } from './application/model.ts';
import { autoReply, type AutoReply } from './auto-reply/model.ts';
import { client, type Client } from './client/model.ts';
import { contactEvent, type ContactEvent } from './contact-event/model.ts';
import {
  appealCategory, appealKind, branch, businessRegion, contract, employee, gridDistrict, office, region, subtopic, topic,
  type AppealCategory, type AppealKind, type Branch, type BusinessRegion, type Contract, type Employee, type GridDistrict, type Office, type Region, type Subtopic, type Topic,
} from './dictionary/model.ts';
import { incomingEmail, type IncomingEmail } from './incoming-email/model.ts';
import { mailFilter, type MailFilter } from './mail-filter/model.ts';
import { mailSettings, type MailSettings } from './mail-settings/model.ts';
import { mailbox, type Mailbox } from './mailbox/model.ts';
import { outgoingEmail, type OutgoingEmail } from './outgoing-email/model.ts';
import { rule, type Rule } from './rule/model.ts';
import { task, type Task } from './task/model.ts';
import { user, type User } from './user/model.ts';
import { userSetting, type UserSetting } from './user-setting/model.ts';
import { workCalendar, type WorkCalendar } from './work-calendar/model.ts';

/** Every document of the product. A new one is added here and nowhere else. */
export interface DocumentMap {
  addressLink: AddressLink;
  appeal: Appeal;
  appealCategory: AppealCategory;
  appealKind: AppealKind;
  application: Application;
  autoReply: AutoReply;
  branch: Branch;
  businessRegion: BusinessRegion;
  client: Client;
  contactEvent: ContactEvent;
  contract: Contract;
  employee: Employee;
  gridDistrict: GridDistrict;
  incomingEmail: IncomingEmail;
  mailFilter: MailFilter;
  mailSettings: MailSettings;
  mailbox: Mailbox;
  office: Office;
  outgoingEmail: OutgoingEmail;
  region: Region;
  rule: Rule;
  subtopic: Subtopic;
  task: Task;
  topic: Topic;
  user: User;
  userSetting: UserSetting;
  workCalendar: WorkCalendar;
}

export type DocumentName = keyof DocumentMap;

export const documentTypes: { readonly [K in DocumentName]: DocumentType<DocumentMap[K]> } = {
  addressLink, appeal, appealCategory, appealKind, application, autoReply, branch, businessRegion, client, contactEvent, contract, employee,
  gridDistrict, incomingEmail, mailFilter, mailSettings, mailbox, office, outgoingEmail, region, rule, subtopic, task, topic, user, userSetting, workCalendar,
};

export const documentNames = Object.keys(documentTypes) as readonly DocumentName[]; // the keys of the line above

export function isDocumentName(type: string): type is DocumentName {
  return Object.hasOwn(documentTypes, type);
}

/** The declaration of a type known by name only; throws for a name that is not in the registry. */
export function documentTypeOf(type: string): DocumentType {
  if (!isDocumentName(type)) throw new Error(`Unknown document type: ${type}`);
  return documentTypes[type] as unknown as DocumentType; // its functions are given only documents of the same type
}

/** A document of a known type from the outside: parsed by its schema. */
export function parseDocument(type: string, value: unknown): AnyDocument {
  return documentTypeOf(type).schema.parse(value);
}
