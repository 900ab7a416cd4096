import { describeRefusal, OknoError } from '../../../../shared/base/errors.ts';
import { TokenProblem } from './access-token.ts';
import { describeConnectionProblem, type Peer } from './connection-problem.ts';
import { FolderProblem, NoSecret } from './imap-client.ts';

/** Whatever keeps a mailbox from being read or written, in words for the administrator. */
export function describeMailboxProblem(error: unknown, peer: Peer): string {
  if (error instanceof TokenProblem || error instanceof NoSecret || error instanceof FolderProblem) return error.message;
  if (error instanceof OknoError) return `${describeRefusal(error.refusal).text}.`;
  return describeConnectionProblem(error, peer);
}
