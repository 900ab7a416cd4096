import { beforeEach, describe, expect, it } from 'vitest';
import { WindowLock } from '../../../main/app/window-lock.ts';
import { calls, type CallName } from '../../../shared/protocol/ipc.ts';

/** Nobody knows when a person goes: the test says it. */
class FakeIdle {
  seconds = 0;
  away: () => void = () => undefined;

  readonly idleSeconds = (): number => this.seconds;
  readonly onAway = (listener: () => void): void => void (this.away = listener);
}

let idle: FakeIdle;
let asked: number;
let sent: [string, unknown][];
let lock: WindowLock;

const session = (locked: boolean) => lock.pass('session', { state: 'loggedIn', locked });

beforeEach(() => {
  idle = new FakeIdle();
  asked = 0;
  sent = [];
  lock = new WindowLock({
    idle,
    lock: () => {
      asked += 1;
      session(true);
    },
    send: (name, payload) => sent.push([name, payload]),
  });
});

describe('the idle lock', () => {
  it('comes after the minutes of the setting, not before', () => {
    session(false);
    idle.seconds = 899;
    lock.look();
    expect(asked).toBe(0);
    lock.setMinutes(30);
    idle.seconds = 1799;
    lock.look();
    expect(asked).toBe(0);
    idle.seconds = 1800;
    lock.look();
    expect([asked, lock.isLocked]).toEqual([1, true]);
  });

  it.each([null, 0, 1000, 'никогда'])('a setting that is none of those offered (%s) means 15 minutes', (value) => {
    session(false);
    lock.setMinutes(value);
    idle.seconds = 900;
    lock.look();
    expect(asked).toBe(1);
  });

  it('comes when the system locks or sleeps, once, and only when somebody is logged in', () => {
    idle.away();
    idle.seconds = 100_000;
    lock.look();
    expect(asked).toBe(0);
    session(false);
    idle.away();
    idle.away();
    lock.look();
    expect(asked).toBe(1);
    lock.pass('session', { state: 'loggedOut' });
    expect(lock.isLocked).toBe(false);
  });

  it('refuses every call but those that show nothing', () => {
    const refused = () => (Object.keys(calls) as CallName[]).filter((name) => {
      try {
        lock.check(name);
        return false;
      } catch {
        return true;
      }
    });
    session(false);
    expect(refused()).toEqual([]);
    session(true);
    const open = Object.keys(calls).filter((name) => !refused().includes(name as CallName));
    expect(open.sort()).toEqual(['app.info', 'draft.save', 'session.logout', 'session.state', 'session.unlock']);
    expect(() => lock.check('document.get')).toThrow(/locked/);
  });

  it('tells the page afterwards what the desk told meanwhile', () => {
    session(true);
    lock.pass('changed', { types: ['client'] });
    lock.pass('connection', { state: 'offLine' });
    lock.pass('connection', { state: 'onLine' });
    lock.pass('changed', { types: ['task', 'client'] });
    expect(sent.map(([name]) => name)).toEqual(['session']);
    session(false);
    expect(sent.slice(1)).toEqual([
      ['session', { state: 'loggedIn', locked: false }],
      ['connection', { state: 'onLine' }],
      ['changed', { types: ['client', 'task'] }],
    ]);
    lock.pass('changed', { types: ['task'] });
    expect(sent.at(-1)).toEqual(['changed', { types: ['task'] }]);
  });
});
