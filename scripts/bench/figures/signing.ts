import type { Hash, Hmac } from 'node:crypto';
import { createHash, createHmac, hash } from 'node:crypto';
import { createRequire } from 'node:module';
import { sha256Hex } from '../../../packages/core/src/signing/sha256.js';
import { Signer, prepareHeaders } from '../../../packages/core/src/signing/tc3.js';
import { AwsV4Signer } from 'aws4fetch';
import { interleave, rateOf, ratioOf, summarise } from '../measure.js';
import { officialSigner } from '../official.js';
import { credentials, taskWith } from '../params.js';
import type { Figure } from '../report.js';

const HOST = 'ccc.tencentcloudapi.com';
const CONTENT_TYPE = 'application/json; charset=utf-8';

/** Serialises and signs as a call does. */
function ourSigner(): (params: unknown) => string {
  const sign = ourBodySigner();
  return (params) => sign(Buffer.from(JSON.stringify(params)));
}

/** Signs a body as a call does. */
export function ourBodySigner(): (body: Buffer) => string {
  const signer = new Signer();
  const { secretId, secretKey } = credentials;
  const headers = prepareHeaders([
    ['content-type', CONTENT_TYPE],
    ['host', HOST],
    ['x-tc-action', 'CreateAutoCalloutTask'],
  ]);
  return (body) => {
    return signer.authorization({
      secretId,
      secretKey,
      service: 'ccc',
      timestamp: Math.floor(Date.now() / 1000),
      payloadHash: sha256Hex(body),
      headers,
    });
  };
}

/** Name of what no signer of this kind can do without. */
export const FLOOR = 'floor: stringify, 2 hashes, 1 HMAC';

/** What no signer of this kind can do without: one serialisation, two hashes, one HMAC. */
export function signingFloor(): (params: unknown) => string {
  const key = Buffer.alloc(32, 1);
  const canonical = 'x'.repeat(220);
  return (params) => {
    const payloadHash = hash('sha256', JSON.stringify(params), 'hex');
    const text = hash('sha256', canonical, 'hex');
    return createHmac('sha256', key).update(text).digest('hex') + payloadHash;
  };
}

interface AwsRequest {
  method: string;
  protocol: string;
  hostname: string;
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** The sibling algorithm in AWS's own implementation. */
function smithySigner(): (params: unknown) => Promise<unknown> {
  const require = createRequire(import.meta.url);
  const { SignatureV4 } = require('@smithy/signature-v4') as {
    SignatureV4: new (options: object) => { sign(request: AwsRequest): Promise<unknown> };
  };
  const signer = new SignatureV4({
    service: 'ccc',
    region: 'ap-guangzhou',
    credentials: { accessKeyId: credentials.secretId, secretAccessKey: credentials.secretKey },
    sha256: NodeHash,
  });
  return (params) => {
    const headers = { host: HOST, 'content-type': CONTENT_TYPE };
    return signer.sign({
      method: 'POST',
      protocol: 'https:',
      hostname: HOST,
      path: '/',
      headers,
      body: JSON.stringify(params),
    });
  };
}

/** SHA-256 and HMAC as the signer wants them. */
class NodeHash {
  readonly #hash: Hash | Hmac;

  constructor(secret?: string | Uint8Array) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', secret);
  }

  update(data: string | Uint8Array): void {
    this.#hash.update(data);
  }

  digest(): Promise<Uint8Array> {
    return Promise.resolve(this.#hash.digest());
  }
}

function awsFetchSigner(): (params: unknown) => Promise<unknown> {
  const { secretId: accessKeyId, secretKey: secretAccessKey } = credentials;
  return (params) => {
    const options = {
      url: `https://${HOST}/`,
      accessKeyId,
      secretAccessKey,
      service: 'ccc',
      region: 'x',
      headers: { 'content-type': CONTENT_TYPE },
    };
    return new AwsV4Signer({ ...options, body: JSON.stringify(params) }).sign();
  };
}

/** Signing alone, for one callee: what every call costs besides the network. */
export async function signingFigure(isQuick: boolean): Promise<Figure> {
  const task = taskWith(1);
  const [ours, floor, official, smithy, awsFetch] = [
    ourSigner(),
    signingFloor(),
    officialSigner(),
    smithySigner(),
    awsFetchSigner(),
  ];
  const ms = isQuick ? 60 : 200;
  const asyncRate = async (work: (params: unknown) => Promise<unknown>) => {
    const startedAt = performance.now();
    let runs = 0;
    while (performance.now() - startedAt < ms) {
      for (let batch = 0; batch < 20; batch++) await work(task);
      runs += 20;
    }
    return (runs / (performance.now() - startedAt)) * 1000;
  };
  const rates = await interleave(
    {
      ours: () => rateOf(() => ours(task), ms),
      floor: () => rateOf(() => floor(task), ms),
      official: () => rateOf(() => official(task), ms),
      smithy: () => asyncRate(smithy),
      awsFetch: () => asyncRate(awsFetch),
    },
    isQuick ? 9 : 21,
  );
  return {
    id: 'signing',
    title: 'Serialise and sign, 1 callee',
    measurements: [
      {
        title: 'Requests signed',
        unit: 'per second',
        sides: [
          { name: 'ours', role: 'ours', sample: summarise(rates.ours) },
          { name: 'official SDK', role: 'official', sample: summarise(rates.official) },
          { name: FLOOR, role: 'floor', sample: summarise(rates.floor) },
          { name: '@smithy/signature-v4 (AWS)', role: 'peer', sample: summarise(rates.smithy) },
          { name: 'aws4fetch (AWS)', role: 'peer', sample: summarise(rates.awsFetch) },
        ],
        comparisons: [
          {
            text: 'times the official SDK',
            value: ratioOf(rates.ours, rates.official),
            target: '>= 4',
            of: 'official SDK',
          },
          {
            text: 'share of the floor',
            value: ratioOf(rates.ours, rates.floor),
            target: '>= 0.8',
            of: FLOOR,
          },
          {
            text: 'times @smithy/signature-v4',
            value: ratioOf(rates.ours, rates.smithy),
            target: '>= 1',
            of: '@smithy/signature-v4 (AWS)',
          },
          {
            text: 'times aws4fetch',
            value: ratioOf(rates.ours, rates.awsFetch),
            target: '>= 1',
            of: 'aws4fetch (AWS)',
          },
        ],
      },
    ],
  };
}
