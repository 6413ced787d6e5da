import { runBulk } from '@tccc/bulk';
import { OutboundClient } from '@tccc/outbound';

// Against the mock: TCCC_ENDPOINT=http://127.0.0.1:8080. Without it, the real service.
const endpoint = process.env['TCCC_ENDPOINT'];
const client = new OutboundClient(endpoint === undefined ? { site: 'intl' } : { endpoint });
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());

try {
  const run = runBulk({
    client,
    input: process.argv[2] ?? 'list.csv',
    // Named after the night: if the job is started twice, the second one goes on with what the first has left.
    ledger: `${process.env['LEDGERS'] ?? '.'}/${new Date().toISOString().slice(0, 10)}.ledger`,
    template: {
      action: 'CreateAutoCalloutTask',
      params: {
        SdkAppId: 1400000000,
        NotBefore: Math.floor(Date.UTC(new Date().getUTCFullYear() + 1, 0, 1) / 1000),
        Callers: ['008602012345678'],
        IvrId: 8,
        Name: 'Nightly',
      },
      columns: { Callee: 'phone' },
      numbers: { country: 'CN' },
    },
    signal: stop.signal,
  });
  const report = await run.report;
  console.log(JSON.stringify(report));
} finally {
  await client.close();
}
