import { Readable } from 'node:stream';
import { z } from 'zod';
import { OknoError } from '../../shared/base/errors.ts';
import { partAnswerSchema } from '../../shared/protocol/sync.ts';
import { mayReadFile, recordFile } from '../db/queries/file.ts';
import { isSentMailFile } from '../db/queries/sent-mail.ts';
import { mayReadSentMail } from './administration.ts';
import { callerOf, readableTypes, scopeOf, sessionOf } from './authentication.ts';
import { problemAnswers } from './problems.ts';
import type { CentreApp, CentreParts } from '../centre-app.ts';

/** Bytes of one part at most. */
const PART_LIMIT = 4 * 1024 * 1024;
const partQuery = z.object({ from: z.coerce.number().int().nonnegative(), size: z.coerce.number().int().positive() });
const params = z.object({ sha: z.string().regex(/^[0-9a-f]{64}$/) });

/** The content itself, streamed: nothing of it passes through a schema. */
const bytes = { description: 'Содержимое файла', content: { 'application/octet-stream': { schema: z.instanceof(Readable).meta({ type: 'string', format: 'binary' }) } } } as const;

export function fileRoutes(app: CentreApp, { files, pool, config, reading }: CentreParts): void {
  app.addContentTypeParser('application/octet-stream', (_request, payload, done) => done(null, payload));

  app.put('/api/v1/files/:sha', { bodyLimit: config.fileLimit, config: { programs: 'too' }, schema: { tags: ['Файлы'], summary: 'Положить файл; адрес – его sha256', params, response: { 200: z.object({ size: z.number().int() }), ...problemAnswers } } }, async (request) => {
    const { user, deskId } = callerOf(request);
    const { sha } = request.params;
    if (request.program !== null && request.program.scope.run.length === 0) throw new OknoError('tokenScope', { action: 'класть файлы', scope: 'run:КОМАНДА' });
    if (!(request.body instanceof Readable)) throw new OknoError('invalidInput', { field: 'content-type' });
    const { size } = await files.put(request.body, { limit: config.fileLimit, expected: sha });
    await recordFile(pool, { sha, size, uploadedBy: user.id, deskId });
    return { size };
  });

  app.put('/api/v1/files/:sha/parts', { bodyLimit: PART_LIMIT, config: { isPolling: true }, schema: { params, querystring: partQuery, response: { 200: partAnswerSchema, ...problemAnswers } } }, async (request) => {
    const { user, deskId } = sessionOf(request);
    const { sha } = request.params;
    const { from, size } = request.query;
    if (size > config.fileLimit) throw new OknoError('invalidInput', { field: `файл больше ${Math.floor(config.fileLimit / 1024 / 1024)} МБ` });
    if (!(request.body instanceof Readable)) throw new OknoError('invalidInput', { field: 'content-type' });
    const received = await files.putPart(request.body, { key: deskId, expected: sha, from, size });
    if (received === size) await recordFile(pool, { sha, size, uploadedBy: user.id, deskId });
    return { received };
  });

  app.get('/api/v1/files/:sha', { config: { programs: 'too' }, schema: { tags: ['Файлы'], summary: 'Файл, который назван в документе', params, response: { 200: bytes, 206: bytes, 416: z.string(), ...problemAnswers } } }, async (request, reply) => {
    const { sha } = request.params;
    const { user } = callerOf(request);
    // Right before existence, and one answer for both: a stranger learns nothing.
    const may = (await mayReadFile(pool, sha, user.id, scopeOf(request), readableTypes(request))) || (request.program === null && mayReadSentMail(user) && (await isSentMailFile(pool, sha)));
    const stored = (): Promise<number | null> => (may ? files.size(sha) : Promise.resolve(null));
    const size = request.program === null ? await stored() : await reading.one(request.program, { type: 'file', id: sha }, 'Файл', stored);
    if (size === null) throw new OknoError('fileMissing', { name: sha.slice(0, 12) });
    const range = rangeOf(request.headers.range, size);
    void reply.headers({ 'accept-ranges': 'bytes', 'cache-control': 'private, immutable', etag: `"${sha}"`, 'x-content-type-options': 'nosniff', 'content-disposition': 'attachment' });
    if (range === 'unsatisfiable') return reply.status(416).header('content-range', `bytes */${size}`).send('');
    const stream = await files.stream(sha, range ?? undefined);
    if (stream === null) throw new OknoError('fileMissing', { name: sha.slice(0, 12) });
    if (range !== null) void reply.status(206).header('content-range', `bytes ${range.from}-${range.to}/${size}`);
    return reply.type('application/octet-stream').header('content-length', range === null ? size : range.to - range.from + 1).send(stream);
  });
}

/** One range of bytes, as resumed downloads ask; anything else gets the whole. */
function rangeOf(header: string | undefined, size: number): { readonly from: number; readonly to: number } | 'unsatisfiable' | null {
  const found = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (found === null || (found[1] === '' && found[2] === '')) return null;
  const from = found[1] === '' ? Math.max(size - Number(found[2]), 0) : Number(found[1]);
  const to = found[1] === '' || found[2] === '' ? size - 1 : Math.min(Number(found[2]), size - 1);
  return from > to ? 'unsatisfiable' : { from, to };
}
