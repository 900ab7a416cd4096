import { OknoError } from '../../shared/base/errors.ts';
import { commandByName } from '../../shared/domain/commands.ts';
import { centrePageSchema } from '../../shared/protocol/centre-list.ts';
import { accessLineSchema, effectViewSchema, historyEntrySchema, mailboxCheckSchema, mailboxSecretNamesSchema, sentMailSchema } from '../../shared/protocol/http.ts';
import type { CallAnswer, CallArgs, CallName, Candidate } from '../../shared/protocol/ipc.ts';
import { searchAnswerSchema } from '../../shared/protocol/search.ts';
import { effectsPath, historyPath, mailboxSecretNamesPath, paths, registrationPath } from '../../shared/protocol/paths.ts';
import { z } from 'zod';
import { textOf, type Json } from '../../shared/base/json.ts';
import { fullRow, listIds, listPage, listTotal, listValues } from '../db/list-query.ts';
import { TransportError } from '../sync/transport.ts';
import { wireRefusal } from '../wire-refusal.ts';
import { CentreReads } from './centre-reads.ts';
import { clientFiles } from './client-files.ts';
import { clientHistory } from './client-history.ts';
import { clientCandidates, clientDoubles, clientPrefill } from './client-questions.ts';
import type { Desk } from './desk.ts';
import { emailHtml, emailReading, fetchFile, openLetter } from './desk-files.ts';
import { ListExports } from './list-exports.ts';
import { noteRecent, pinClient, recentClients } from './recent-clients.ts';
import { beyondHere, searchHere } from './search.ts';
import { SearchLog, ShownLog, writeAccess } from './search-log.ts';

/** Calls that need a window or a dialog: answered by the main process itself. */
export type WindowCall = 'app.close' | 'app.info' | 'app.openExternal' | 'app.print' | 'app.unsaved' | 'email.frame' | 'file.choose' | 'file.open' | 'file.save' | 'list.export' | 'list.print' | 'pdf.frame' | 'pdf.print';
export type DeskCall = Exclude<CallName, WindowCall>;

/** A handler answers, or throws OknoError for a refusal. */
export type Handlers<Names extends CallName> = { readonly [N in Names]: (args: CallArgs<N>) => CallAnswer<N> | Promise<CallAnswer<N>> };

/** Answer of a command-like call. */
function outcome(result: ReturnType<Desk['run']>): CallAnswer<'command.run'> {
  return result.ok ? { ok: true, value: { commandId: result.commandId } } : { ok: false, refusal: wireRefusal(result.refusal) };
}

const clientIdsOf = (found: readonly Candidate[]): readonly string[] => found.map(({ row }) => textOf(row.document['id'] ?? ''));

/** A question to the centre alone: without it a refusal, never a wait. */
async function atCentre<T>(ask: () => Promise<T>): Promise<{ ok: true; value: T }> {
  try {
    return { ok: true, value: await ask() };
  } catch (error) {
    if (error instanceof TransportError) throw new OknoError('noConnection', {}, { cause: error });
    throw error;
  }
}

/** Every call that the worker answers, by name. */
export function deskHandlers(desk: Desk, exports = new ListExports(desk)): Handlers<DeskCall> {
  const searches = new SearchLog(desk);
  const shown = new ShownLog(desk);
  const reads = new CentreReads(desk);
  const userId = () => desk.session.current?.author.userId ?? '';
  const cache = () => {
    desk.session.require();
    return desk.base.cache;
  };
  return {
    'accessLog.list': (query) => atCentre(() => desk.centre.ask(centrePageSchema(accessLineSchema), { method: 'POST', path: paths.accessLines, body: query })),
    'appeal.registerNow': ({ appealId }) =>
      atCentre(async () => {
        await desk.centre.ask(z.unknown(), { method: 'POST', path: registrationPath(appealId), body: {} });
        return {};
      }),
    'client.candidates': ({ incomingEmailId }) => {
      const found = clientCandidates(cache(), incomingEmailId);
      shown.note(incomingEmailId, 'Возможный клиент письма', clientIdsOf(found));
      return found;
    },
    'client.doubles': ({ client }) => {
      const found = clientDoubles(cache(), client);
      shown.note(textOf(client['id'] ?? ''), 'Похожий клиент при записи карточки', clientIdsOf(found));
      return found;
    },
    'client.centreHistory': async ({ clientId }) => ({ ok: true, value: await reads.history(clientId) }),
    'client.files': ({ clientId }) => clientFiles(cache(), clientId),
    'client.history': ({ clientId }) => clientHistory(cache(), clientId),
    'client.opened': ({ clientId }) => {
      writeAccess(desk, 'open', 'client', clientId, '');
      noteRecent(desk.settings, userId(), clientId);
      return {};
    },
    'client.prefill': ({ incomingEmailId }) => clientPrefill(cache(), incomingEmailId),
    'command.run': ({ name, input }) => outcome(desk.run(name, input)),
    'connection.allowDeletion': () => {
      desk.allowDeletion();
      return {};
    },
    'connection.state': () => desk.connection(),
    'connection.sync': () => {
      desk.sync();
      return {};
    },
    'document.fetch': async ({ type, id }) => ({ ok: true, value: await reads.document(type, id) }),
    'document.get': ({ type, id }) => {
      const table = cache().table(type);
      const stored = table.get(table.survivingId(id));
      return stored === null ? null : fullRow(cache(), table.type, stored.document, stored.pending);
    },
    'document.history': ({ type, id }) => atCentre(() => desk.centre.ask(z.array(historyEntrySchema), { method: 'GET', path: historyPath(type, id) })),
    'document.ids': (query) => [...listIds(cache(), query)],
    'document.list': (query) => {
      searches.note(query.type, query.search);
      return listPage(cache(), query);
    },
    'document.totals': (queries) => queries.map((query) => listTotal(cache(), query)),
    'document.values': ({ query, column }) => listValues(cache(), query, column),
    'draft.all': () => [...desk.base.outbox.users.drafts(desk.session.require().author.userId)],
    'draft.remove': ({ key }) => {
      desk.base.outbox.removeDraft(desk.session.require().author.userId, key);
      return {};
    },
    'draft.save': (draft) => {
      desk.base.outbox.saveDraft(desk.session.require().author.userId, { ...draft, savedAt: desk.machineTime() });
      return {};
    },
    'effect.list': ({ documentId }) => atCentre(() => desk.centre.ask(z.array(effectViewSchema), { method: 'GET', path: effectsPath(documentId) })),
    'email.html': async ({ incomingEmailId }) => ({ ok: true, value: { html: await emailHtml(desk, cache(), incomingEmailId) } }),
    'email.reading': async ({ incomingEmailId, charset }) => ({ ok: true, value: await emailReading(desk, cache(), incomingEmailId, charset) }),
    'file.fetch': async ({ fileId, mediaType }) => {
      await fetchFile(desk, fileId);
      return { ok: true, value: { url: `app://file/${fileId}?type=${encodeURIComponent(mediaType)}` } };
    },
    'file.here': ({ fileId }) => ({ here: desk.files.vault.has(fileId) }),
    'letter.open': async ({ fileId }) => ({ ok: true, value: await openLetter(desk, fileId) }),
    'list.exportCancel': async ({ exportId }) => {
      await exports.cancel(exportId);
      return {};
    },
    'list.exportEnd': async ({ exportId }) => ({ ok: true, value: await exports.end(exportId) }),
    'list.exportRows': ({ exportId }) => exports.rows(exportId, cache()),
    'list.exportWrite': async ({ exportId, rows }) => {
      await exports.write(exportId, rows);
      return { ok: true, value: {} };
    },
    'mailbox.check': (body) => atCentre(() => desk.centre.ask(mailboxCheckSchema, { method: 'POST', path: paths.mailboxCheck, body, timeoutMs: 60_000 })),
    'mailbox.secretNames': ({ mailboxId }) => atCentre(() => desk.centre.ask(mailboxSecretNamesSchema, { method: 'GET', path: mailboxSecretNamesPath(mailboxId) })),
    'mailbox.setSecrets': (body) =>
      atCentre(async () => {
        await desk.centre.ask(z.unknown(), { method: 'POST', path: paths.mailboxSecrets, body });
        return {};
      }),
    'rejected.list': () => [...desk.base.outbox.commands.rejected((name) => commandByName(name)?.title ?? name)],
    'rejected.resend': ({ commandId, input }) => {
      const name = desk.base.outbox.commands.rejectedName(commandId);
      if (name === null) throw new OknoError('notFound', { commandId });
      return outcome(desk.run(name, input, commandId));
    },
    'rejected.setAside': ({ commandId }) => {
      desk.base.outbox.settleRejected(commandId, 'setAside', desk.machineTime());
      desk.showConnection();
      return {};
    },
    'search.centre': ({ text }) => {
      searches.note('client', text);
      return atCentre(async () => {
        return beyondHere(cache(), await desk.centre.ask(searchAnswerSchema, { method: 'POST', path: paths.search, body: { text }, timeoutMs: 10_000 }));
      });
    },
    'search.find': ({ text }) => {
      searches.note('client', text);
      return searchHere(cache(), text);
    },
    'search.pin': ({ clientId, pinned }) => {
      pinClient(desk.settings, desk.session.require().author.userId, clientId, pinned);
      return {};
    },
    'search.recent': () => recentClients(cache(), desk.settings, userId()),
    'sentMail.list': (query) => atCentre(() => desk.centre.ask(centrePageSchema(sentMailSchema), { method: 'POST', path: paths.sentMail, body: query })),
    'session.lock': () => desk.session.lock(),
    'session.login': async (args) => ({ ok: true, value: await desk.session.login(args) }),
    'session.logout': () => {
      desk.settings.flush();
      return desk.session.logout();
    },
    'session.state': () => desk.session.state,
    'session.unlock': async ({ password }) => ({ ok: true, value: await desk.session.unlock(password) }),
    'settings.get': ({ key }) => desk.settings.read(userId(), key) as CallAnswer<'settings.get'>, // the same JSON, mutable
    'settings.set': ({ key, value }) => {
      desk.settings.write(userId(), key, value as Json); // parsed by the call's schema
      return {};
    },
    'user.setPassword': (args) =>
      atCentre(async () => {
        await desk.centre.ask(z.unknown(), { method: 'POST', path: paths.setPassword, body: args });
        return {};
      }),
  };
}

