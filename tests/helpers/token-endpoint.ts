import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A small OAuth2 server: gives access tokens for refresh tokens, and tells mail servers whether a token is good. */
export interface TokenEndpoint {
  readonly tokenUrl: string;
  readonly introspectionUrl: string;
  /** The refresh token that is good now; each use gives another if `rotates`. */
  readonly refreshToken: () => string;
  /** Every access token given till now is void. */
  readonly revokeAll: () => void;
  /** How many access tokens were given. */
  readonly given: () => number;
  /** Refuses every refresh token from now on, or no longer. */
  readonly refuse: (so: boolean) => void;
  readonly close: () => Promise<void>;
}

export const oauthClient = { id: 'okno-client', secret: 'client-secret-2026' } as const;

async function formOf(request: IncomingMessage): Promise<URLSearchParams> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk); // a byte stream gives Buffers
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

export async function startTokenEndpoint({ user, rotates = true, lifeSeconds = 3600 }: { readonly user: string; readonly rotates?: boolean; readonly lifeSeconds?: number }): Promise<TokenEndpoint> {
  let current = 'refresh-0';
  let given = 0;
  let refuses = false;
  const good = new Set<string>();
  const server = createServer((request, response) => {
    const answer = (status: number, body: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    const serve = async (): Promise<void> => {
      const form = await formOf(request);
      if (request.url?.startsWith('/introspect') === true) return answer(200, good.has(form.get('token') ?? '') ? { active: true, username: user } : { active: false });
      if (form.get('client_id') !== oauthClient.id || form.get('client_secret') !== oauthClient.secret) return answer(401, { error: 'invalid_client' });
      if (refuses || form.get('grant_type') !== 'refresh_token' || form.get('refresh_token') !== current) return answer(400, { error: 'invalid_grant', error_description: 'Refresh token is not valid' });
      given += 1;
      const token = `access-${given}`;
      good.add(token);
      if (rotates) current = `refresh-${given}`;
      answer(200, { access_token: token, token_type: 'Bearer', expires_in: lifeSeconds, ...(rotates ? { refresh_token: current } : {}) });
    };
    serve().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
  return {
    tokenUrl: `${url}/token`,
    introspectionUrl: `${url}/introspect`,
    refreshToken: () => current,
    revokeAll: () => good.clear(),
    given: () => given,
    refuse: (so) => void (refuses = so),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
