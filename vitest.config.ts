import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'support',
          include: ['support/**/*.test.ts', 'fixtures/**/*.test.ts', 'bundles/*/**/*.test.ts'],
        },
      },
    ],
  },
});
