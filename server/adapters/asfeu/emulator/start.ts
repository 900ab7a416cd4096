import process from 'node:process';
import { parseArgs } from 'node:util';
import { startEmulatorServer } from './emulator-server.ts';
import { openEmulatorState } from './emulator-state.ts';

/**
 * АС ФЭУ emulator in its own process: `node server/adapters/asfeu/emulator/start.ts --port N --state FILE`. Port 0 = any free one. When ready it
 * prints one line of JSON: `{"ready":true,"port":N,"url":"http://127.0.0.1:N"}`.
 */
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' }, state: { type: 'string' } } });
const port = Number(values.port);
if (values.state === undefined || !Number.isInteger(port) || port < 0 || port > 65_535) {
  process.stderr.write('Эмулятор АС ФЭУ: укажите --state ФАЙЛ и, если нужно, --port НОМЕР (0–65535).\n');
  process.exit(2);
}

const state = openEmulatorState(values.state);
try {
  const emulator = await startEmulatorServer(state, port);
  process.stdout.write(`${JSON.stringify({ ready: true, port: emulator.port, url: `http://127.0.0.1:${emulator.port}` })}\n`);
  const stop = (): void => {
    void emulator.stop().then(() => {
      state.close();
      process.exit(0);
    });
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
} catch (error) {
  const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  process.stderr.write(busy ? `Порт ${port} занят: укажите другой (--port).\n` : `Эмулятор АС ФЭУ не запустился: ${String(error)}\n`);
  process.exit(1);
}
