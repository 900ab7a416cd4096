import { requestAnswerer, type ParseRequest } from '../shared/mail/parse-apart.ts';

// The process in which this desk takes letters apart: a letter that takes too long or too much memory costs it, not the desk.
const answer = requestAnswerer((parsed) => {
  // Own copies: a piece of a buffer would carry the whole of it along.
  const attachments = parsed.attachments.map((attachment) => ({ ...attachment, content: new Uint8Array(attachment.content) }));
  process.parentPort.postMessage({ ...parsed, attachments });
});
process.parentPort.on('message', ({ data }) => answer(data as ParseRequest)); // only app/letter-parser.ts speaks on this line
