import process from 'node:process';

/**
 * Loaded into every program that a test starts: its standard input is a pipe that closes when the test process is gone, however it
 * went. The program then dies too and leaves no server behind. It does not keep the program alive by itself.
 */
process.stdin.on('close', () => process.kill(process.pid, 'SIGKILL'));
process.stdin.resume();
if ('unref' in process.stdin && typeof process.stdin.unref === 'function') process.stdin.unref();
