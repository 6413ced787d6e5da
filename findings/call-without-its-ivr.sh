#!/usr/bin/env bash
# @tencent-sdk/capi 2.0.3, a small client of Tencent Cloud for any action, which Tencent's tools for serverless use.
#
# By default it writes the names of all parameters anew, each word with one capital: IVRId becomes IvrId, AIAgentId becomes AiAgentId,
# UUI becomes Uui. Those of this API are irregular: CreateAutoCalloutTask has IvrId and AIAgentId, CreatePredictiveDialingCampaign
# IVRId. The service is sent names that it does not document. It may refuse them, as its error UnknownParameter says; if it does
# not, a campaign has no IVR, and no call has the UUI by which its result finds its customer.
# The option `isPascalCase: false` keeps names as they are; the README does not mention it, and we found no report.
#
# Guessed before it was run: names that begin with a capital stay as they are.
# Seen: the three lines that this script compares, as a server on this machine receives them. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @tencent-sdk/capi@2.0.3

cat >send.mjs <<'JS'
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Capi } from '@tencent-sdk/capi';

const server = createServer(async (request, response) => {
  console.log(request.headers['x-tc-action'], JSON.stringify(await new Response(request).json()));
  response.end('{"Response":{"RequestId":"1"}}');
});
await once(server.listen(0, '127.0.0.1'), 'listening');

const host = `127.0.0.1:${server.address().port}`;
const account = { secretId: 'id', secretKey: 'key', serviceType: 'ccc', protocol: 'http', host };
const send = (options, Action, params) =>
  new Capi({ ...account, ...options }).request({ Action, Version: '2020-02-10', ...params }, { host }, true);

await send({}, 'CreateAutoCalloutTask', { IvrId: 8, AIAgentId: 9, UUI: 'customer-17' });
await send({}, 'CreatePredictiveDialingCampaign', { IVRId: 8, CalleeAttributes: [{ UUI: 'customer-17' }] });
await send({ isPascalCase: false }, 'CreatePredictiveDialingCampaign', { IVRId: 8, CalleeAttributes: [{ UUI: 'customer-17' }] });
server.close();
JS

node --version
node send.mjs | tee seen
diff seen - <<'SEEN'
CreateAutoCalloutTask {"IvrId":8,"AiAgentId":9,"Uui":"customer-17"}
CreatePredictiveDialingCampaign {"IvrId":8,"CalleeAttributes":[{"Uui":"customer-17"}]}
CreatePredictiveDialingCampaign {"IVRId":8,"CalleeAttributes":[{"UUI":"customer-17"}]}
SEEN
