import process from 'node:process';
import { answerRequest, type ParseRequest } from '../../../shared/mail/parse-apart.ts';

/** The process in which letters are taken apart: a letter that takes too long or too much memory costs it, not the centre. */
process.on('message', (request) => {
  // Only email-parser.ts speaks on this line.
  void answerRequest(request as ParseRequest).then((parsed) => process.send?.(parsed));
});

process.on('disconnect', () => process.exit()); // the centre is gone
