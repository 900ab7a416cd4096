import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';

const emulator = 'server/adapters/asfeu/emulator/start.ts';

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false; // no such process
  }
}

it('a program dies with the test that started it, however that ends', async () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'okno-program-'));
  const source = `import { startProgram } from ${JSON.stringify(path.join(import.meta.dirname, 'program.ts'))};
const program = startProgram('${emulator}', ['--state', ${JSON.stringify(path.join(folder, 'state'))}]);
while (!program.output().includes('ready')) await new Promise((resolve) => setTimeout(resolve, 20));
console.log(program.pid);`;
  const test = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', source], { stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    const [said] = (await once(test.stdout, 'data')) as [Buffer]; // a stream without an encoding gives Buffers
    const pid = Number(said.toString('utf8'));
    expect(lives(pid)).toBe(true);
    test.kill('SIGKILL');
    await expect.poll(() => lives(pid), { timeout: 10_000 }).toBe(false);
  } finally {
    test.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  }
});
