import type { DocumentName } from '../../shared/domain/documents.ts';

/** Keys of a scope as the page shows them: roles by name, branches and users by the field that names them. */
export interface ScopeRow {
  /** `all`, `role:<role>`, `branch:*`, `user:*`: what the document type's `scope` may give, and nothing else. */
  readonly keys: readonly string[];
  /** In words. */
  readonly who: string;
}

const mail = ['role:mailSupervisor', 'role:supervisor', 'role:operator'] as const;
const everyone: ScopeRow = { keys: ['all'], who: 'every desk' };

/** Who receives documents of each type. tests/docs/scope.test.ts compares it with the declarations. */
export const scopeRows: Readonly<Record<DocumentName, ScopeRow>> = {
  incomingEmail: { keys: mail, who: 'those who work on letters, supervisors, operators' },
  outgoingEmail: { keys: [...mail, 'role:administrator'], who: 'as letters, and administrators' },
  contactEvent: { keys: mail, who: 'as letters' },
  addressLink: { keys: mail, who: 'as letters' },
  mailFilter: { keys: ['role:mailSupervisor', 'role:supervisor', 'role:administrator'], who: 'those who work on letters, supervisors, administrators' },
  task: { keys: ['role:*', 'role:supervisor', 'user:*'], who: 'the roles that may take it, its assignee and holder, supervisors' },
  client: { keys: ['all', 'branch:*'], who: 'the branches on the card; every desk if the card has none' },
  application: { keys: ['all', 'branch:*'], who: 'its branch; every desk if it has none' },
  appeal: { keys: ['branch:*', 'user:*', 'role:mailSupervisor', 'role:supervisor'], who: 'its branch, whoever registered it, those who work on letters, supervisors' },
  user: everyone,
  userSetting: { keys: ['user:*'], who: 'the user himself, at every desk where he logs in' },
  employee: everyone,
  branch: everyone,
  region: everyone,
  businessRegion: everyone,
  gridDistrict: everyone,
  office: everyone,
  appealKind: everyone,
  appealCategory: everyone,
  topic: everyone,
  subtopic: everyone,
  contract: everyone,
  mailSettings: everyone,
  mailbox: { keys: ['role:administrator'], who: 'administrators' },
  rule: everyone,
  workCalendar: everyone,
  autoReply: everyone,
};
