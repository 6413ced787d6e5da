// Generated from spec/ by `pnpm generate`. Do not edit.

/** What holds for every action; the rate limit is the lowest of those that are documented. */
export const product = {
  service: 'ccc',
  version: '2020-02-10',
  maxRequestBytes: 10485760,
  rateLimit: { limit: 20, windowMs: 1000 },
} as const;
