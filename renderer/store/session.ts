import { create } from 'zustand';
import type { Role } from '../../shared/base/roles.ts';
import type { SessionUser } from '../../shared/protocol/http.ts';
import type { CallAnswer, CallArgs, SessionState } from '../../shared/protocol/ipc.ts';
import { call, on } from '../bridge.ts';

interface Held {
  /** Null until the main process has told it. */
  readonly session: SessionState | null;
}

export const useSession = create<Held>(() => ({ session: null }));

/** Reads the session and follows it; answers how to stop. */
export function followSession(): () => void {
  void call('session.state', {}).then((session) => useSession.setState({ session }));
  return on('session', (session) => useSession.setState({ session }));
}

export async function login(args: CallArgs<'session.login'>): Promise<CallAnswer<'session.login'>> {
  const answer = await call('session.login', args);
  if (answer.ok) useSession.setState({ session: answer.value });
  return answer;
}

/** Locks the window at once; it does the same by itself when nobody is here. */
export async function lock(): Promise<void> {
  useSession.setState({ session: await call('session.lock', {}) });
}

export async function unlock(password: string): Promise<CallAnswer<'session.unlock'>> {
  const answer = await call('session.unlock', { password });
  if (answer.ok) useSession.setState({ session: answer.value });
  return answer;
}

export async function logout(): Promise<void> {
  useSession.setState({ session: await call('session.logout', {}) });
}

/** Who works here; a screen is shown only after login. */
export function useUser(): SessionUser {
  const session = useSession((held) => held.session);
  if (session?.state !== 'loggedIn') throw new Error('Nobody is logged in');
  return session.user;
}

export function useHasRole(...roles: readonly Role[]): boolean {
  const { roles: mine } = useUser();
  return roles.some((role) => mine.includes(role));
}
