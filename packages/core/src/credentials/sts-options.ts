/** Time of one request to the Security Token Service, in milliseconds. */
export const STS_TIME = { min: 1, max: 30_000, fallback: 10_000 };

export const STS_ORIGIN = 'https://sts.tencentcloudapi.com';

/** How long credentials of a role are valid by default, in seconds. */
export const STS_DURATION_SECONDS = 7_200;
