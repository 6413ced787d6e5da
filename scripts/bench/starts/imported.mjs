// How long it takes to import a package, and until the first response after that.
import { pathToFileURL } from 'node:url';

const [path, url] = process.argv.slice(2);
const startedAt = performance.now();
const { OutboundClient } = await import(pathToFileURL(path));
const importMs = performance.now() - startedAt;
const credentials = { secretId: 'AKIDbenchmark', secretKey: 'benchmark-secret-key' };
const client = new OutboundClient({ endpoint: url, credentials });
await client.createAutoCalloutTask({ SdkAppId: 1, NotBefore: 1, Callees: ['1'], Callers: ['2'], IvrId: 3 });
const responseMs = performance.now() - startedAt;
process.stdout.write(JSON.stringify({ importMs, responseMs }));
process.exit();
