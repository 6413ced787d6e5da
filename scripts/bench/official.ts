import { createRequire } from 'node:module';
import { Agent } from 'node:http';
import { credentials } from './params.js';

const require = createRequire(import.meta.url);

interface OfficialClient {
  CreateAutoCalloutTask(params: unknown): Promise<{ TaskId: number }>;
}

type OfficialClass = new (config: object) => OfficialClient;

/** A client of the official SDK at an endpoint on loopback, with kept-alive connections, which it does not use by default. */
export function officialClient(url: string): OfficialClient {
  const path = 'tencentcloud-sdk-nodejs/tencentcloud/services/ccc/v20200210/index.js';
  const { Client } = (require(path) as { v20200210: { Client: OfficialClass } }).v20200210;
  return new Client({
    credential: credentials,
    region: '',
    profile: {
      httpProfile: {
        endpoint: new URL(url).host,
        protocol: 'http://',
        agent: new Agent({ keepAlive: true }),
      },
    },
  });
}

interface OfficialSign {
  sign3(input: object): string;
}

/** What the official SDK does for each call before it sends: serialise and sign, as its `sign3` wants it. */
export function officialSigner(): (params: unknown) => string {
  const sign = (require('tencentcloud-sdk-nodejs/tencentcloud/common/sign.js') as { default: OfficialSign })
    .default;
  return (params) => {
    const payload = params;
    return sign.sign3({
      method: 'POST',
      url: 'http://127.0.0.1:8080/',
      payload,
      timestamp: Math.floor(Date.now() / 1000),
      service: 'ccc',
      secretId: credentials.secretId,
      secretKey: credentials.secretKey,
      multipart: false,
      boundary: '',
      headers: { 'Content-Type': 'application/json', host: '127.0.0.1' },
    });
  };
}
