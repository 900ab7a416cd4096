import { useEffect, useState, type ReactNode } from 'react';
import { call } from './bridge.ts';
import { LockScreen } from './screens/login/lock-screen.tsx';
import { Login } from './screens/login/login.tsx';
import { Shell } from './shell/shell.tsx';
import { followChanges } from './store/changes.ts';
import { followClosing } from './store/closing.ts';
import { followConnection } from './store/connection.ts';
import { followFrameKeys } from './store/frame-keys.ts';
import { forgetForms } from './store/open-forms.ts';
import { forgetPlaces } from './store/places.ts';
import { followRefused } from './store/refused.ts';
import { search } from './store/search.ts';
import { followSession, useSession } from './store/session.ts';
import { followSettings, forgetSettings } from './store/settings.ts';
import { listenToHotkeys } from './ui/hotkeys.ts';

/** The window: login until somebody is in, then the shell. Another user begins with nothing of the former. */
export function App(): ReactNode {
  const session = useSession((held) => held.session);
  const [version, setVersion] = useState('');
  useEffect(() => {
    const stops = [followSession(), followConnection(), followClosing(), followChanges(), followSettings(), followFrameKeys(), listenToHotkeys(window)];
    void call('app.info', {}).then((info) => setVersion(info.version));
    return () => stops.forEach((stop) => stop());
  }, []);
  // A window that was locked before it was shown has nothing to keep behind the lock, and may not ask for it.
  const [shown, setShown] = useState<string | null>(null);
  const openFor = session?.state === 'loggedIn' && !session.locked ? session.user.userId : null;
  useEffect(() => {
    if (openFor !== null) setShown(openFor);
  }, [openFor]);
  const userId = session?.state === 'loggedIn' ? session.user.userId : null;
  useEffect(
    () => () => {
      forgetPlaces();
      forgetForms();
      forgetSettings();
      search.forget();
    },
    [userId],
  );
  useEffect(() => (userId === null ? undefined : followRefused()), [userId]);
  if (session === null) return null;
  if (session.state === 'loggedOut') return <Login session={session} version={version} />;
  return (
    <>
      {session.locked && shown !== session.user.userId ? null : (
        <div className="okno-behind-lock" data-locked={session.locked} aria-hidden={session.locked}>
          <Shell key={session.user.userId} />
        </div>
      )}
      {session.locked ? <LockScreen user={session.user} version={version} /> : null}
    </>
  );
}
