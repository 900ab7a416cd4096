import process from 'node:process';
import { requestAnswerer, type ParseRequest } from '../../../shared/mail/parse-apart.ts';

// The process in which letters are taken apart: a letter that takes too long or too much memory costs it, not the centre.
const answer = requestAnswerer((parsed) => process.send?.(parsed));
process.on('message', (request) => answer(request as ParseRequest)); // only email-parser.ts speaks on this line
process.on('disconnect', () => process.exit()); // the centre is gone
