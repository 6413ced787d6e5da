// From process start to the first response, and what is resident then: bare Node.js, ours, undici alone, or the official SDK.
const [kind, url] = process.argv.slice(2);
const credentials = { secretId: 'AKIDbenchmark', secretKey: 'benchmark-secret-key' };
const task = { SdkAppId: 1, NotBefore: 1, Callees: ['1'], Callers: ['2'], IvrId: 3 };

const kinds = {
  async bare() {},

  async ours() {
    const { OutboundClient } = await import('@tccc/outbound');
    const client = new OutboundClient({ endpoint: url, credentials });
    await client.createAutoCalloutTask(task);
  },

  /** What ours cannot do without: the part of undici that sends, and a request that is signed with what Node.js has. */
  async least() {
    const { createHash, createHmac } = await import('node:crypto');
    const { default: Client } = await import('undici/lib/dispatcher/client.js');
    const body = JSON.stringify(task);
    const hash = createHash('sha256').update(body).digest('hex');
    const authorization = createHmac('sha256', credentials.secretKey).update(hash).digest('hex');
    const headers = { 'content-type': 'application/json; charset=utf-8', authorization };
    const client = new Client(url);
    await new Promise((resolve, reject) => {
      client.dispatch(
        { path: '/', method: 'POST', headers, body },
        {
          onRequestStart() {},
          onResponseStart() {},
          onResponseData() {},
          onResponseEnd: resolve,
          onResponseError: (_controller, error) => reject(error),
        },
      );
    });
  },

  async official() {
    const { createRequire } = await import('node:module');
    const path = 'tencentcloud-sdk-nodejs/tencentcloud/services/ccc/v20200210/index.js';
    const { Client } = createRequire(import.meta.url)(path).v20200210;
    const httpProfile = { endpoint: new URL(url).host, protocol: 'http://' };
    await new Client({ credential: credentials, region: '', profile: { httpProfile } }).CreateAutoCalloutTask(
      task,
    );
  },

  /** The international edition: callbacks, and another way to sign unless it is told to. */
  async international() {
    const { createRequire } = await import('node:module');
    const path = 'tencentcloud-sdk-nodejs-intl-en/tencentcloud/ccc/v20200210/index.js';
    const common = 'tencentcloud-sdk-nodejs-intl-en/tencentcloud/common/';
    const require = createRequire(import.meta.url);
    const { Client, Models } = require(path);
    const Credential = require(`${common}credential.js`);
    const ClientProfile = require(`${common}profile/client_profile.js`);
    const HttpProfile = require(`${common}profile/http_profile.js`);
    const http = new HttpProfile();
    http.endpoint = new URL(url).host;
    http.protocol = 'http://';
    const client = new Client(
      new Credential(credentials.secretId, credentials.secretKey),
      'ap-singapore',
      new ClientProfile('TC3-HMAC-SHA256', http),
    );
    const request = Object.assign(new Models.CreateAutoCalloutTaskRequest(), task);
    await new Promise((resolve, reject) => {
      client.CreateAutoCalloutTask(request, (error, response) => (error ? reject(error) : resolve(response)));
    });
  },
};

await kinds[kind]();
const ms = performance.now();
process.stdout.write(JSON.stringify({ ms, rss: process.memoryUsage.rss() }));
process.exit();
