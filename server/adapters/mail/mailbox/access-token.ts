import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { z } from 'zod';
import type { Mailbox } from '../../../../shared/domain/mailbox/model.ts';
import { isTokenUrl } from '../../../../shared/domain/mailbox/rules.ts';
import { describeConnectionProblem } from './connection-problem.ts';
import type { MailboxSecret, MailboxSecrets } from './mailbox-secrets.ts';
import { trusted } from './trusted.ts';

/** The token endpoint gave no token; the message is for people and holds no secret. */
export class TokenProblem extends Error {
  /** The refresh token itself is refused: another may have been stored meanwhile. */
  readonly invalidGrant: boolean;

  constructor(message: string, invalidGrant = false, options?: ErrorOptions) {
    super(message, options);
    this.name = 'TokenProblem';
    this.invalidGrant = invalidGrant;
  }
}

export type TokenSettings = Pick<Mailbox, 'tokenUrl' | 'clientId' | 'tokenScope' | 'authority'>;

const answerSchema = z.object({ access_token: z.string().min(1), expires_in: z.coerce.number().positive().optional(), refresh_token: z.string().min(1).optional() });
const refusalSchema = z.object({ error: z.string(), error_description: z.string().optional() });

const TIMEOUT_MS = 20_000;
const ANSWER_BYTES = 256 * 1024;
/** A token is not used in the last minute of its life, nor for longer than an hour where the endpoint tells no term. */
const MARGIN_MS = 60_000;
const UNTOLD_SECONDS = 3600;

function post(url: string, form: URLSearchParams, authority: string): Promise<{ readonly status: number; readonly body: string }> {
  return new Promise((resolve, reject) => {
    const body = form.toString();
    const request = (url.startsWith('https:') ? httpsRequest : httpRequest)(
      url,
      {
        method: 'POST',
        timeout: TIMEOUT_MS,
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body), accept: 'application/json' },
        ...trusted(authority),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          text += chunk;
          if (text.length > ANSWER_BYTES) request.destroy(new Error('слишком длинный ответ'));
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: text }));
        response.on('error', reject);
      },
    );
    request.on('timeout', () => request.destroy(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })));
    request.on('error', reject);
    request.end(body);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null; // not JSON: told as an unintelligible answer
  }
}

export interface FetchedToken {
  readonly accessToken: string;
  /** How long it may be used, ms. */
  readonly lifeMs: number;
  /** The endpoint gave another refresh token in the place of the one used. */
  readonly refreshToken: string | null;
}

/** Asks for an access token: by the refresh token, or where there is none in the program's own name (client credentials). Rejects with TokenProblem. */
export async function fetchToken(settings: TokenSettings, secret: MailboxSecret): Promise<FetchedToken> {
  const { tokenUrl, clientId, tokenScope, authority } = settings;
  if (!isTokenUrl(tokenUrl)) throw new TokenProblem('Адрес выдачи токенов задан неверно: нужен https://…');
  const form = new URLSearchParams({ client_id: clientId });
  if (secret.clientSecret !== undefined) form.set('client_secret', secret.clientSecret);
  if (tokenScope !== '') form.set('scope', tokenScope);
  if (secret.refreshToken !== undefined) {
    form.set('grant_type', 'refresh_token');
    form.set('refresh_token', secret.refreshToken);
  } else if (secret.clientSecret !== undefined) form.set('grant_type', 'client_credentials');
  else throw new TokenProblem('Не задан ни refresh token, ни секрет клиента OAuth2');
  const { host, port } = new URL(tokenUrl);
  const answer = await post(tokenUrl, form, authority).catch((error: unknown) => {
    throw new TokenProblem(`Выдача токенов: ${describeConnectionProblem(error, { host, port: port === '' ? null : Number(port) })}`, false, { cause: error });
  });
  const parsed = answerSchema.safeParse(jsonOf(answer.body));
  if (answer.status >= 200 && answer.status < 300 && parsed.success) {
    const { access_token: accessToken, expires_in: seconds = UNTOLD_SECONDS, refresh_token: refreshToken = null } = parsed.data;
    return { accessToken, lifeMs: Math.max(seconds * 1000 - MARGIN_MS, (seconds * 1000) / 2), refreshToken: refreshToken === secret.refreshToken ? null : refreshToken };
  }
  const refused = refusalSchema.safeParse(jsonOf(answer.body));
  const why = refused.success ? `${refused.data.error}${refused.data.error_description === undefined ? '' : `: ${refused.data.error_description}`}`.slice(0, 300) : `ответ ${answer.status}`;
  throw new TokenProblem(`Выдача токенов отказала (${why}): проверьте Client ID, секрет клиента и refresh token`, refused.success && refused.data.error === 'invalid_grant');
}

export interface AccessTokens {
  /** A token that works now; `renew`: the last one was refused, fetch another. Rejects with TokenProblem. */
  readonly token: (mailbox: Mailbox, renew?: boolean) => Promise<string>;
}

interface Held {
  readonly key: string;
  readonly token: Promise<string>;
  readonly until: () => number;
}

/** Access tokens of the mailboxes, each fetched once for all who need it; a refresh token that changes is stored before its access token is used. */
export function accessTokens(secrets: MailboxSecrets): AccessTokens {
  const held = new Map<string, Held>();
  const fetchAndKeep = async (mailbox: Mailbox, tried: string | null = null): Promise<FetchedToken> => {
    const secret = (await secrets.read(mailbox.id))?.secret ?? {};
    try {
      const fetched = await fetchToken(mailbox, secret);
      if (fetched.refreshToken !== null) await secrets.write(mailbox.id, { refreshToken: fetched.refreshToken }, true);
      return fetched;
    } catch (error) {
      // Another process may have used this refresh token and stored the next one in the meantime.
      const now = (await secrets.read(mailbox.id))?.secret.refreshToken;
      if (error instanceof TokenProblem && error.invalidGrant && now !== undefined && now !== secret.refreshToken && now !== tried) return fetchAndKeep(mailbox, now);
      throw error;
    }
  };
  return {
    token: (mailbox, renew = false) => {
      const key = JSON.stringify([mailbox.tokenUrl, mailbox.clientId, mailbox.tokenScope]);
      const known = held.get(mailbox.id);
      if (!renew && known?.key === key && Date.now() < known.until()) return known.token;
      let until = Number.POSITIVE_INFINITY;
      const token = fetchAndKeep(mailbox).then(
        ({ accessToken, lifeMs }) => {
          until = Date.now() + lifeMs;
          return accessToken;
        },
        (error: unknown) => {
          held.delete(mailbox.id);
          throw error;
        },
      );
      held.set(mailbox.id, { key, token, until: () => until });
      return token;
    },
  };
}
