// Generated from spec/ by `pnpm generate`. Do not edit.

/** Hosts of the service, by site. */
export const sites = {
  /** The international site. */
  intl: 'ccc.intl.tencentcloudapi.com',
  /** The China site. */
  cn: 'ccc.tencentcloudapi.com',
} as const;

/** One of the separate sites of the service. An account belongs to one of them. */
export type Site = keyof typeof sites;
