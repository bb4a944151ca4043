import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    globalSetup: ['test/servers.ts'],
    // Two cores are the machine to plan for, and the encoders use both.
    maxWorkers: 2,
    reporters: ['default', './test/closing-line.ts'],
  },
});
