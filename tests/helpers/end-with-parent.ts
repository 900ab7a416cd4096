import process from 'node:process';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded into every program that a test starts: its standard input is a pipe that closes when the test process is gone, however it
 * went. The program then dies too and leaves no server behind. It does not keep the program alive by itself. Threads load it as well, but have
 * no standard input of their own.
 */
if (isMainThread) {
  process.stdin.on('close', () => process.kill(process.pid, 'SIGKILL'));
  process.stdin.resume();
  if ('unref' in process.stdin && typeof process.stdin.unref === 'function') process.stdin.unref();
}
