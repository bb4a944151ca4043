import { defineConfig } from 'vitest/config';

const CHAOS = 'test/e2e/chaos.test.ts';

export default defineConfig({
  test: {
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    globalSetup: ['test/servers.ts'],
    // Two cores are the machine to plan for, and the encoders use both.
    maxWorkers: 2,
    reporters: ['default', './test/closing-line.ts'],
    projects: [
      { extends: true, test: { name: 'tests', include: ['test/**/*.test.ts'], exclude: [CHAOS] } },
      // After all others: what is timed there is how long it takes to be whole again.
      { extends: true, test: { name: 'chaos', include: [CHAOS], sequence: { groupOrder: 1 } } },
    ],
  },
});
