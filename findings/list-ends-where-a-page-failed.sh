#!/usr/bin/env bash
# @larksuiteoapi/node-sdk 1.74.0, the official SDK of Feishu and Lark, and node-zendesk 6.0.1: clients of systems in which people keep
# their customers, and those who must not be called.
#
# Both turn the pages of a list: `listWithIterator` and its like in a loop, `users.list` by itself. If Feishu answers a page with 500 or
# "too many requests", or the connection breaks, its SDK writes a line to its log, gives an empty object for the page, and ends the
# loop as if the list were over; of an error in an answer with status 200, it does not even write a line. If Zendesk answers 429 with
# Retry-After, as it does above its rate limit, node-zendesk puts the error into the list, as its last user, and returns that.
# A program that takes the numbers has a part of the list for the whole: people on a later page of a do-not-call list are called, and
# nobody learns that customers on a later page were not. In a test with one page, all is well.
#
# The READMEs do not mention it. Older reports about node-zendesk and 429 are of errors that came through; of lists that end we found
# none. What helps: with Feishu, call `list`, look at `code` in each answer, and turn the pages with `page_token` until `has_more` is
# false; with Zendesk, refuse a list with an Error in it. Count what came against the total where there is one.
#
# Guessed before it was run: the list ends with an error.
# Seen: the nine lines that this script compares, from a server on this machine. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @larksuiteoapi/node-sdk@1.74.0 node-zendesk@6.0.1

cat >pages.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Client } from '@larksuiteoapi/node-sdk';
import zendesk from 'node-zendesk';

/** How the second page is answered. */
const faults = {
  'no fault': undefined,
  'status 500': { status: 500, body: { code: 1, msg: 'internal error' } },
  'status 429': { status: 429, body: { code: 99991400, msg: 'request trigger frequency limit' } },
  'status 200 with an error': { status: 200, body: { code: 1254290, msg: 'TooManyRequest' } },
  'broken connection': 'broken',
};
let fault;

function answer(response, { status = 200, body }) {
  const headers = { 'content-type': 'application/json', ...(status === 429 && { 'retry-after': '60' }) };
  response.writeHead(status, headers).end(JSON.stringify(body));
}

const server = createServer((request, response) => {
  const { pathname, searchParams, origin } = new URL(request.url, `http://${request.headers.host}`);
  const isSecond = searchParams.has('page_token');
  const records = (isSecond ? ['13112345678', '13212345678'] : ['13012345678']).map((phone) => ({ phone }));

  if (pathname.includes('tenant_access_token')) answer(response, { body: { code: 0, tenant_access_token: 't', expire: 7200 } });
  else if (isSecond && fault === 'broken') request.socket.destroy();
  else if (isSecond && fault) answer(response, fault);
  else if (pathname.includes('users'))
    answer(response, { body: { users: records, next_page: isSecond ? null : `${origin}${pathname}?page_token=2` } });
  else {
    const items = records.map((fields) => ({ fields }));
    answer(response, { body: { code: 0, data: { total: 3, items, has_more: !isSecond, page_token: '2' } } });
  }
});
await once(server.listen(0, '127.0.0.1'), 'listening');
const address = `http://127.0.0.1:${server.address().port}`;

async function ofFeishu() {
  const logger = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
  const client = new Client({ appId: 'cli_1', appSecret: 'secret', domain: address, logger });
  const found = [];
  const path = { app_token: 'app', table_id: 'table' };
  for await (const page of await client.bitable.appTableRecord.listWithIterator({ path }))
    found.push(...(page?.items ?? []).map(({ fields }) => fields));
  return found;
}

const ofZendesk = () =>
  zendesk.createClient({ username: 'a@example.com', token: 't', endpointUri: `${address}/api/v2` }).users.list();

async function say(name, what, read) {
  fault = faults[what];
  const end = (found) => `${found.filter(({ phone }) => phone).length} of 3 records, then the end`;
  console.log(`${name}, ${what}: ${await read().then(end, () => 'an error')}`);
}
for (const what of Object.keys(faults)) await say('Feishu', what, ofFeishu);
for (const what of ['no fault', 'status 500', 'status 429', 'broken connection']) await say('Zendesk', what, ofZendesk);
process.exit();
JS

node --version
node pages.mjs | tee seen
diff seen - <<'SEEN'
Feishu, no fault: 3 of 3 records, then the end
Feishu, status 500: 1 of 3 records, then the end
Feishu, status 429: 1 of 3 records, then the end
Feishu, status 200 with an error: 1 of 3 records, then the end
Feishu, broken connection: 1 of 3 records, then the end
Zendesk, no fault: 3 of 3 records, then the end
Zendesk, status 500: an error
Zendesk, status 429: 1 of 3 records, then the end
Zendesk, broken connection: an error
SEEN
