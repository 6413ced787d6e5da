import type { Hint } from '../checks.js';

/** What other clients call an option, in small letters and without `_` and `-`, and what to use here. */
type Peers = readonly (readonly [name: RegExp, instead: string])[];

const TIMEOUT = /^(req|request|call)?timeout(ms)?$/;
const RETRIES = /^(max|num)?(retries|attempts|retrycount|retryattempts)$/;
const DEADLINE = 'deadlineMs, in milliseconds';
const ATTEMPTS = 'maxAttempts, which counts the first attempt, too';

const CLIENT: Peers = [
  [TIMEOUT, DEADLINE],
  [/^connect(ion)?timeout$/, 'connectTimeoutMs, in milliseconds'],
  [
    /^(secretid|secretkey|accesskey|apikey|token|sessiontoken)/,
    'credentials: { secretId, secretKey, token }',
  ],
  [/^credential\w*provider$/, 'credentials, which may be a function'],
  [RETRIES, `retry: { ${ATTEMPTS.replace(',', ' },')}`],
  [/^(base)?ur[li]$|^host(name)?$|^domain$/, 'endpoint, an origin such as https://gateway.example.com'],
  [/^proxy|^https?proxy$|agent$|^fetch$/, 'dispatcher, or the variable HTTPS_PROXY of the environment'],
  [/^(client|http)?profile$/, 'deadlineMs, endpoint and retry as separate options'],
  [/^(ratelimit|rps|qps|concurrency)$/, 'pacing: { limit }'],
  [/^(maxsockets|connections|poolsize)$/, 'maxConnections'],
  [/^(log|debug|verbose)$/, 'logger and logLevel'],
  [/^(hooks?|interceptors?|before|after|middleware)/, 'onRequest and onResponse'],
  [/^(signal|headers|extraparams|checks|settle)$/, 'the call option of the same name'],
];

const CALL: Peers = [
  [TIMEOUT, `${DEADLINE}, or signal: AbortSignal.timeout(ms)`],
  [/^abort(signal|controller)?$/, 'signal'],
  [RETRIES, `retry: { ${ATTEMPTS.replace(',', ' },')}`],
  [/^(query|body|params)$/, 'the parameters, or extraParams'],
  [/^settle$/, 'it in a creation; other actions do not have it'],
  [
    /^(credentials|endpoint|site|region|language|pacing|dispatcher|logger|loglevel|onrequest)$/,
    'the client option of the same name',
  ],
];

const PACING: Peers = [
  [/^(rate|rps|qps|ratelimit|max|concurrency|maxconcurrent|intervalcap)$/, 'limit'],
  [/^(queue|queuesize|maxqueuesize|highwater)$/, 'maxQueue'],
];

const RETRY: Peers = [
  [RETRIES, ATTEMPTS],
  [/^limit$/, ATTEMPTS],
  [/^(base|initial)?(delay|backoff)(ms)?$|^mintimeout$/, 'baseMs'],
  [/^max(delay|backoff|timeout)(ms)?$/, 'capMs'],
];

function hintOf(peers: Peers): Hint {
  return (name) => {
    const plain = name.toLowerCase().replaceAll(/[_-]/g, '');
    return peers.find(([pattern]) => pattern.test(plain))?.[1];
  };
}

export const clientHint = hintOf(CLIENT);
export const callHint = hintOf(CALL);
export const pacingHint = hintOf(PACING);
export const retryHint = hintOf(RETRY);
