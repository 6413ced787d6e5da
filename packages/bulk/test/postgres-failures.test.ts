import { expect, test } from 'vitest';
import { mayPass, unusable } from '../src/postgres/failures.js';

/** An error as the package `pg` has it of the server. */
const ofServer = (code: string, message: string) =>
  Object.assign(new Error(message), { code, severity: 'ERROR' });
const ofSystem = (code: string, message = 'x') => Object.assign(new Error(message), { code });

test.each([
  [ofServer('57P01', 'terminating connection due to administrator command'), true],
  [ofServer('08006', 'connection failure'), true],
  [ofServer('25006', 'cannot execute INSERT in a read-only transaction'), true],
  [ofServer('08P01', 'server conn crashed?'), true],
  [ofServer('08P01', 'unsupported startup parameter: options'), false],
  [ofServer('08P01', 'transaction blocks not allowed in statement pooling mode'), false],
  [ofServer('08P01', 'no such user: x'), false],
  [ofServer('08P01', '"trust" authentication failed'), false],
  [ofServer('55P03', 'canceling statement due to lock timeout'), true],
  [ofServer('25P03', 'terminating connection due to idle-in-transaction timeout'), true],
  [ofServer('25P02', 'current transaction is aborted'), false],
  [ofServer('42501', 'permission denied for schema x'), false],
  [ofServer('28P01', 'password authentication failed for user "x"'), false],
  [ofSystem('EPIPE'), true],
  [ofSystem('ECONNREFUSED'), true],
  [new Error('Connection terminated unexpectedly'), true],
  [new Error('The server does not support SSL connections'), false],
  [ofSystem('SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain'), false],
  [new Error('Cannot use a pool after calling end on the pool'), false],
])('%s: whether it may pass: %s', (error, passes) => {
  expect(mayPass(error)).toBe(passes);
});

test.each([
  [ofServer('42501', 'permission denied for schema x'), 'permission denied for schema x (42501).'],
  [
    ofServer('08P01', 'transaction blocks not allowed in statement pooling mode'),
    'transaction blocks not allowed in statement pooling mode (08P01). The ledger needs pool_mode = transaction, or session.',
  ],
  [
    ofServer('55P03', 'canceling statement due to lock timeout'),
    'canceling statement due to lock timeout (55P03).',
  ],
  [ofServer('23505', 'Key (8613012345678) exists'), 'the server refuses (23505).'],
  [ofServer('22P02', 'invalid input: "8613012345678"'), 'the server refuses (22P02).'],
  [ofSystem('ECONNREFUSED', 'connect ECONNREFUSED secret'), 'nobody listens there (ECONNREFUSED).'],
  [
    ofSystem('DEPTH_ZERO_SELF_SIGNED_CERT'),
    'the certificate of the server is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT).',
  ],
  [new Error('my vault said: secret'), 'the connection failed.'],
  ['secret', 'the connection failed.'],
])('%s is told without values and secrets', (error, told) => {
  expect(unusable(error).message).toBe(`The database of the ledger cannot be used: ${told}`);
});
