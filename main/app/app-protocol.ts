import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol, type Session } from 'electron';
import { OknoError } from '../../shared/base/errors.ts';
import { filePolicy, framePolicy, pdfPolicy, previewType, screenPolicy } from './content-security.ts';
import type { EmailFrames } from './email-frames.ts';
import type { PdfFrames } from './pdf-frames.ts';
import { charsetOfText } from './text-charset.ts';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2', '.json': 'application/json', '.map': 'application/json',
};

/** Before the program is ready: `app:` is an ordinary secure scheme with origins, not file://. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);
}

interface AppProtocolOptions {
  /** Folder of the built pages. */
  readonly pages: string;
  /** Folder of the page that shows a PDF. */
  readonly pdfPages: string;
  readonly frames: EmailFrames;
  readonly pdfFrames: PdfFrames;
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

async function page(pages: string, pathname: string, policy: string): Promise<Response> {
  const file = path.join(pages, path.normalize(decodeURIComponent(pathname === '/' ? '/index.html' : pathname)));
  if (!file.startsWith(pages + path.sep)) return notFound();
  try {
    return answer(await readFile(file), contentTypes[path.extname(file)] ?? 'application/octet-stream', policy);
  } catch {
    return notFound(); // no such page in the build
  }
}

/** The page of a PDF's frame, and the PDF itself to the first that asks. */
async function pdf({ host, pathname }: URL, { pdfPages, pdfFrames, fileContent }: AppProtocolOptions): Promise<Response> {
  if (!pdfFrames.has(host)) return notFound();
  if (pathname !== '/content') return page(pdfPages, pathname, pdfPolicy);
  const fileId = pdfFrames.take(host);
  return fileId === null ? notFound() : answer(await fileContent(fileId), 'application/octet-stream', pdfPolicy);
}

async function serve(request: Request, options: AppProtocolOptions): Promise<Response> {
  const { pages, frames, fileContent } = options;
  const url = new URL(request.url);
  if (request.method !== 'GET') return new Response('', { status: 405 });
  const name = url.pathname.slice(1);
  if (url.host === 'okno') return page(pages, url.pathname, screenPolicy);
  if (url.host.endsWith('.pdf')) return pdf(url, options);
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

/** `app://okno` the pages, `app://frame/<token>` a letter, `app://file/<sha256>?type=` a stored file, `app://<token>.pdf` a PDF with its viewer. */
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
