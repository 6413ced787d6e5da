// From process start to the first reply, and what is resident then: bare Node.js, ours, or the official SDK.
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

  async official() {
    const { createRequire } = await import('node:module');
    const path = 'tencentcloud-sdk-nodejs/tencentcloud/services/ccc/v20200210/index.js';
    const { Client } = createRequire(import.meta.url)(path).v20200210;
    const httpProfile = { endpoint: new URL(url).host, protocol: 'http://' };
    await new Client({ credential: credentials, region: '', profile: { httpProfile } }).CreateAutoCalloutTask(
      task,
    );
  },
};

await kinds[kind]();
const ms = performance.now();
process.stdout.write(JSON.stringify({ ms, rss: process.memoryUsage.rss() }));
process.exit();
