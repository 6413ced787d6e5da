// What one writes without an SDK: the signature by hand, and `fetch`. Nothing is validated, paced, retried or told apart.
import { createHash, createHmac } from 'node:crypto';
import { credentials, report, task, url } from './report.mjs';

const sha256 = (text) => createHash('sha256').update(text).digest('hex');
const hmac = (key, text) => createHmac('sha256', key).update(text).digest();

async function call(action, params) {
  const { host } = new URL(url);
  const body = JSON.stringify(params);
  const timestamp = String(Math.floor(Date.now() / 1000));
  const date = new Date(timestamp * 1000).toISOString().slice(0, 10);
  const type = 'application/json; charset=utf-8';
  const names = 'content-type;host;x-tc-action';
  const canonical = `POST\n/\n\ncontent-type:${type}\nhost:${host}\nx-tc-action:${action.toLowerCase()}\n\n${names}\n${sha256(body)}`;
  const scope = `${date}/ccc/tc3_request`;
  const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha256(canonical)}`;
  const key = ['ccc', 'tc3_request'].reduce(hmac, hmac(`TC3${credentials.secretKey}`, date));
  const signature = hmac(key, toSign).toString('hex');
  const authorization = `TC3-HMAC-SHA256 Credential=${credentials.secretId}/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': type,
      'x-tc-action': action,
      'x-tc-version': '2020-02-10',
      'x-tc-timestamp': timestamp,
      authorization,
    },
    body,
  });
  return (await response.json()).Response;
}

report(call('CreateAutoCalloutTask', task));
