import { randomUUID } from 'node:crypto';

interface PdfFrame {
  readonly fileId: string;
  given: boolean;
}

/** PDFs shown at once are few; older frames are forgotten. */
const kept = 40;

const address = /^app:\/\/([0-9a-f-]{36})\.pdf\//;

/**
 * The PDFs that frames may show. Each has an origin of its own, `app://<token>.pdf`, by a token that only this process gives out: a viewer needs
 * script, so it shares an origin neither with the screen nor with another document. The content is given once, to the first that asks.
 */
export class PdfFrames {
  readonly #frames = new Map<string, PdfFrame>();

  add(fileId: string): string {
    const token = randomUUID();
    this.#frames.set(token, { fileId, given: false });
    const [oldest] = this.#frames.keys();
    if (this.#frames.size > kept && oldest !== undefined) this.#frames.delete(oldest);
    return `app://${token}.pdf/index.html`;
  }

  /** True for a host that this process gave out. */
  has(host: string): boolean {
    return this.#frames.has(host.replace(/\.pdf$/, ''));
  }

  /** The file behind the host, once; null after that. */
  take(host: string): string | null {
    const frame = this.#frames.get(host.replace(/\.pdf$/, ''));
    if (frame === undefined || frame.given) return null;
    frame.given = true;
    return frame.fileId;
  }
}

/** True for an address of a PDF's frame. */
export function isPdfFrame(url: string): boolean {
  return address.test(url);
}
