import { defineConfig } from 'vitest/config';

/** Long enough for a cold start of PostgreSQL or Electron on a busy two-core machine. */
const slow = { testTimeout: 180_000, hookTimeout: 300_000, teardownTimeout: 60_000, expect: { poll: { timeout: 60_000 } } };

export default defineConfig({
  test: {
    // By itself vitest leaves one core free, which on two cores is half of the machine.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: ['**/*.pg.test.ts', 'tests/{e2e,bench,simulation}/**'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          globalSetup: 'tools/setup/vitest-mail.ts',
          include: ['tests/**/*.pg.test.ts'],
          exclude: ['tests/{e2e,bench,simulation}/**'],
          fileParallelism: false,
          ...slow,
        },
      },
      {
        extends: true,
        test: {
          name: 'simulation',
          include: ['tests/simulation/**/*.test.ts'],
          ...slow,
          testTimeout: 900_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          globalSetup: 'tools/setup/vitest-window.ts',
          include: ['tests/e2e/**/*.spec.ts'],
          fileParallelism: false,
          ...slow,
          testTimeout: 300_000,
        },
      },
    ],
  },
});
