/** Time to connect to the metadata service of a machine, in milliseconds. */
export const METADATA_CONNECT_TIME = { min: 1, max: 30_000, fallback: 1_000 };

/** Time of one request to it, in milliseconds. */
export const METADATA_TIME = { min: 1, max: 30_000, fallback: 3_000 };

export const METADATA_ORIGIN = 'http://metadata.tencentyun.com';
