import type { WebContents, WebContentsPrintOptions } from 'electron';
import { OknoError } from '../../shared/base/errors.ts';

/** The system's print dialog for a page; a person who cancels it has done nothing wrong. */
export function printContents(contents: WebContents, options: Pick<WebContentsPrintOptions, 'landscape' | 'pageSize'> = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    contents.print({ silent: false, printBackground: true, ...options }, (success, reason) => {
      if (success || reason === 'Print job canceled' || reason === 'cancelled') resolve();
      else reject(new OknoError('externalDown', { system: 'принтер' }));
    });
  });
}
