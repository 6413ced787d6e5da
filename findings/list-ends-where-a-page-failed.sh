#!/usr/bin/env bash
# @larksuiteoapi/node-sdk 1.74.0, the official SDK of Feishu and Lark, whose tables (Bitable) many keep their customers in.
#
# `listWithIterator` and its like turn the pages of a list, so that a loop gets all records. If a page cannot be had, because the
# service answers 500, or "too many requests", or the connection breaks, the SDK writes a line to its log, gives an empty object for
# the page, and ends the loop as if the list were over; of an error in an answer with status 200, it does not even write a line. A
# program that takes the records of each page has a part of the list for the whole: people on a later page of a do-not-call list are
# called, and nobody learns that customers on a later page were not.
#
# The README shows such a loop, and does not mention errors. We found no report. What helps: count what came against the `total` of
# the first page; or call `list`, which throws, look at `code` in each answer, and turn the pages with `page_token` until `has_more`
# is false.
#
# Guessed before it was run: the loop ends with an error.
# Seen: the five lines that this script compares, from a server on this machine. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @larksuiteoapi/node-sdk@1.74.0

cat >pages.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Client } from '@larksuiteoapi/node-sdk';

/** How the second page is answered. */
const faults = {
  'no fault': undefined,
  'status 500': [500, { code: 1, msg: 'internal error' }],
  'status 429': [429, { code: 99991400, msg: 'request trigger frequency limit' }],
  'code 1254290': [200, { code: 1254290, msg: 'TooManyRequest' }],
  'broken connection': 'broken',
};

let fault;
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  const answer = ([status, body]) =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const page = (items, more) => answer([200, { code: 0, msg: 'success', data: { total: 3, items, ...more } }]);
  const items = (...phones) => phones.map((phone) => ({ record_id: `rec${phone}`, fields: { phone } }));

  if (pathname.includes('tenant_access_token')) answer([200, { code: 0, tenant_access_token: 't', expire: 7200 }]);
  else if (!searchParams.has('page_token')) page(items('13012345678'), { has_more: true, page_token: '2' });
  else if (fault === 'broken') request.socket.destroy();
  else if (fault) answer(fault);
  else page(items('13112345678', '13212345678'), { has_more: false });
});
await once(server.listen(0, '127.0.0.1'), 'listening');

const silent = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
for (const [name, is] of Object.entries(faults)) {
  fault = is;
  const client = new Client({
    appId: 'cli_1',
    appSecret: 'secret',
    domain: `http://127.0.0.1:${server.address().port}`,
    logger: silent,
  });
  const found = [];
  const path = { app_token: 'app', table_id: 'table' };
  const end = async () => {
    for await (const page of await client.bitable.appTableRecord.listWithIterator({ path })) found.push(...(page?.items ?? []));
    return 'the end';
  };
  const how = await end().catch(() => 'an error');
  console.log(`${name}: ${found.length} of 3 records, then ${how}`);
}
process.exit();
JS

node --version
node pages.mjs | tee seen
diff seen - <<'SEEN'
no fault: 3 of 3 records, then the end
status 500: 1 of 3 records, then the end
status 429: 1 of 3 records, then the end
code 1254290: 1 of 3 records, then the end
broken connection: 1 of 3 records, then the end
SEEN
