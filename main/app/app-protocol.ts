import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol, type Session } from 'electron';
import { OknoError } from '../../shared/base/errors.ts';
import { filePolicy, framePolicy, previewType, screenPolicy } from './content-security.ts';
import type { EmailFrames } from './email-frames.ts';
import { charsetOfText } from './text-charset.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2', '.json': 'application/json', '.map': 'application/json',
};

/** Before the program is ready: `app:` is an ordinary secure scheme with origins, not file://. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } }]);
}

interface AppProtocolOptions {
  /** Folder of the built pages. */
  readonly pages: string;
  readonly frames: EmailFrames;
  readonly fileContent: (fileId: string) => Promise<Uint8Array>;
  readonly log: (text: string, error?: unknown) => void;
}

function answer(body: string | Uint8Array, type: string, policy: string): Response {
  // Copied: a Response takes no view of shared memory.
  return new Response(typeof body === 'string' ? body : new Uint8Array(body), {
    headers: { 'content-type': type, 'content-security-policy': policy, 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer', 'cross-origin-resource-policy': 'cross-origin' },
  });
}

const notFound = (): Response => new Response('', { status: 404 });

async function page(pages: string, pathname: string): Promise<Response> {
  const file = path.join(pages, path.normalize(decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
  if (!file.startsWith(pages + path.sep)) return notFound();
  try {
    return answer(await readFile(file), contentTypes[path.extname(file)] ?? 'application/octet-stream', screenPolicy);
  } catch {
    return notFound(); // no such page in the build
  }
}

async function serve(request: Request, { pages, frames, fileContent }: AppProtocolOptions): Promise<Response> {
  const url = new URL(request.url);
  if (request.method !== 'GET') return new Response('', { status: 405 });
  const name = url.pathname.slice(1);
  if (url.host === 'okno') return page(pages, url.pathname);
  if (url.host === 'frame') {
    const frame = frames.get(name);
    return frame === null ? notFound() : answer(frame.html, 'text/html; charset=utf-8', framePolicy(frame.remote));
  }
  if (url.host === 'file') {
    const content = await fileContent(name);
    return answer(content, previewType(url.searchParams.get('type') ?? '', () => charsetOfText(content)), filePolicy);
  }
  return notFound();
}

/** `app://okno` the pages, `app://frame/<token>` a letter, `app://file/<sha256>?type=` a stored file. */
export function serveAppScheme(session: Session, options: AppProtocolOptions): void {
  session.protocol.handle('app', async (request) => {
    try {
      return await serve(request, options);
    } catch (error) {
      if (!(error instanceof OknoError)) options.log('An address of the program could not be served', error);
      return notFound();
    }
  });
}
