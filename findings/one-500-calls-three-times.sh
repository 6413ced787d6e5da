#!/usr/bin/env bash
# plivo 4.79.0, livekit-server-sdk 2.19.2, @vapi-ai/server-sdk 2.0.1, @elevenlabs/elevenlabs-js 2.73.0, retell-sdk 5.66.1 and telnyx
# 7.24.0: official SDKs of other services that call people.
#
# A server may answer 500 after it has begun to call, and a connection may break before the response comes. Asked once to call a
# person or a list, these six send the same request again after a 500, by default, so up to three calls or lists begin. livekit
# (with its cloud), retell and telnyx also do so after a broken connection. twilio 6.2.0 and @vonage/server-sdk 3.30.1 send once.
#
# Twilio's page on error 20500 says why: after a 500, a call that is requested again may reach the person twice. Four of the six
# document that they repeat requests, without a warning about calls; the READMEs of plivo and livekit do not mention it. livekit's
# maintainers wrote in July 2026 that their server does not recognise a repeated call. Telnyx's does, by a `command_id`, which the
# SDK does not set. What switches it off: `maxRetries: 0` (vapi, elevenlabs, retell, telnyx) and `failover: false` (livekit); plivo
# has no option for it.
#
# Guessed before it was run: each request is sent once, or has a key by which the server can recognise the second.
# Seen: the eight lines that this script compares; nock 14.0.10 answers in place of the services. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund plivo@4.79.0 livekit-server-sdk@2.19.2 @vapi-ai/server-sdk@2.0.1 \
  @elevenlabs/elevenlabs-js@2.73.0 retell-sdk@5.66.1 telnyx@7.24.0 twilio@6.2.0 @vonage/server-sdk@3.30.1 nock@14.0.10

cat >call.mjs <<'JS'
import { generateKeyPairSync } from 'node:crypto';
import { ElevenLabsClient } from '@elevenlabs/elevenlabs-js';
import { VapiClient } from '@vapi-ai/server-sdk';
import { Vonage } from '@vonage/server-sdk';
import { SipClient } from 'livekit-server-sdk';
import nock from 'nock';
import plivo from 'plivo';
import Retell from 'retell-sdk';
import Telnyx from 'telnyx';
import twilio from 'twilio';

const from = '+12015550100';
const to = '+12015550123';
const account = `AC${'0'.repeat(32)}`;
const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

const calls = {
  plivo: () => new plivo.Client('MA123', 'token').calls.create(from, to, 'https://example.com/answer'),
  livekit: () => new SipClient('https://one.livekit.cloud', 'key', 'secret').createSipParticipant('trunk', to, 'room'),
  vapi: () => new VapiClient({ token: 'key' }).calls.create({ assistantId: 'a', phoneNumberId: 'p', customers: [{ number: to }] }),
  elevenlabs: () =>
    new ElevenLabsClient({ apiKey: 'key' }).conversationalAi.batchCalls.create({
      callName: 'spring',
      agentId: 'a',
      agentPhoneNumberId: 'p',
      recipients: [{ phoneNumber: to }],
    }),
  retell: () => new Retell({ apiKey: 'key' }).batchCall.createBatchCall({ from_number: from, tasks: [{ to_number: to }] }),
  telnyx: () => new Telnyx({ apiKey: 'key' }).calls.dial({ connection_id: '1', from, to }),
  twilio: () => twilio(account, 'token').calls.create({ from, to, url: 'https://example.com/answer' }),
  vonage: () =>
    new Vonage({ applicationId: 'a', privateKey }).voice.createOutboundCall({
      from: { type: 'phone', number: from },
      to: [{ type: 'phone', number: to }],
      ncco: [{ action: 'talk', text: 'Hello' }],
    }),
};

/** How often the service receives the request, if each is answered like this. */
async function countOf(call, answer) {
  const bodies = [];
  nock.cleanAll();
  const regions = { regions: [{ url: 'https://two.livekit.cloud' }, { url: 'https://three.livekit.cloud' }] };
  const service = nock(/./).persist();
  service.get('/settings/regions').reply(200, regions);
  answer(service.post(/./, (body) => bodies.push(JSON.stringify(body))));
  await call().then(
    () => bodies.push('a success'),
    () => {},
  );
  if (new Set(bodies).size !== 1) throw new Error(`These are not the same: ${bodies}`);
  return bodies.length;
}

nock.disableNetConnect();
for (const [name, call] of Object.entries(calls)) {
  const refused = await countOf(call, (post) => post.reply(500, {}));
  const broken = await countOf(call, (post) => post.replyWithError(Object.assign(new Error('reset'), { code: 'ECONNRESET' })));
  console.log(`${name}: ${refused} after a 500, ${broken} after a broken connection`);
}
process.exit();
JS

node --version
node call.mjs 2>/dev/null | tee seen
diff seen - <<'SEEN'
plivo: 3 after a 500, 1 after a broken connection
livekit: 3 after a 500, 3 after a broken connection
vapi: 3 after a 500, 1 after a broken connection
elevenlabs: 3 after a 500, 1 after a broken connection
retell: 3 after a 500, 3 after a broken connection
telnyx: 3 after a 500, 3 after a broken connection
twilio: 1 after a 500, 1 after a broken connection
vonage: 1 after a 500, 1 after a broken connection
SEEN
