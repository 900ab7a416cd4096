import { app, type Session, type WebContents } from 'electron';
import type { EmailFrames } from './email-frames.ts';
import { isPdfFrame } from './pdf-frames.ts';

/** Schemes that never leave the machine. */
function isLocal(url: string): boolean {
  return url.startsWith('app://') || url.startsWith('data:') || url.startsWith('devtools://') || url.startsWith('blob:app://');
}

/** No permission is given, and only pictures of a letter whose user allowed them come from outside. */
export function hardenSession(session: Session, frames: EmailFrames): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => answer(false));
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false); // its dictionaries would be fetched from outside
  session.webRequest.onBeforeRequest((details, answer) => {
    const frameUrl = details.frame?.url ?? '';
    const isAllowedPicture = details.resourceType === 'image' && details.url.startsWith('https://') && frames.allowsRemote(frameUrl);
    answer({ cancel: !isLocal(details.url) && !isAllowedPicture });
  });
}

/** The page stays where it is; a letter's links go to `onLink`, which asks the person. */
export function hardenContents(onLink: (url: string) => void): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-navigate', (event) => event.preventDefault());
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-frame-navigate', (event) => {
      if (event.isMainFrame) return;
      // A PDF goes nowhere by itself, not even to a frame of ours; whatever it asks for is not asked of the person.
      if (isPdfFrame(event.initiator?.url ?? '') || isPdfFrame(event.frame?.url ?? '')) {
        event.preventDefault();
        return;
      }
      if (isPdfFrame(event.url)) return;
      if (event.url.startsWith('app://frame/') || event.url.startsWith('app://file/')) return;
      event.preventDefault();
      if (event.initiator?.url.startsWith('app://frame/') === true || event.frame?.url.startsWith('app://frame/') === true) onLink(event.url);
    });
    contents.setWindowOpenHandler(({ url, referrer }) => {
      if (referrer.url === '' || referrer.url.startsWith('app://')) onLink(url);
      return { action: 'deny' };
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
  });
}
