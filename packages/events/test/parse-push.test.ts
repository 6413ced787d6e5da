import fc from 'fast-check';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { PushError, parsePush } from '../src/index.js';
import { cdr } from './support.js';

const parse = (body: unknown, query = 'action=cdr&version=1', headers = {}) =>
  parsePush({ url: `/tccc?${query}`, headers, body });

describe('a push', () => {
  test('of a phone record has the record that a pull has', () => {
    const event = parse(JSON.stringify(cdr), undefined, { 'X-TCCC-PUSH-UUID': 'p' });
    expect(event).toMatchObject({
      type: 'cdr',
      id: 'p',
      key: 'cdr:a5be1044-e8b0',
      version: 1,
      sdkAppId: '1400000000',
      call: {
        sessionId: 'a5be1044-e8b0',
        callee: '008618621520280',
        uui: 'row-17',
        talkSeconds: 15,
        isAnswered: true,
        reason: { group: 'answered', code: 1, name: 'ok' },
        keysPressed: [],
      },
    });
  });

  test('of a recording has links that nothing writes', () => {
    const body = {
      SdkAppId: 1,
      RecordId: 5,
      SessionId: 's',
      Timestamp: 1_700_000_000,
      EndpointUser: 13123456789,
    };
    const event = parse({ ...body, RecordURL: 'https://x/secret' }, 'action=record&version=1');
    expect(event).toMatchObject({
      type: 'record',
      key: 'record:s:5',
      recording: { recordingId: '5', party: '13123456789', madeAt: 1_700_000_000, sessionId: 's' },
    });
    expect(event.type === 'record' && event.recording.links[0]!.url).toBe('https://x/secret');
    expect(JSON.stringify(event) + inspect(event, { depth: 9 })).not.toContain('secret');
  });

  test('has the ids that came, even if they are long numbers', () => {
    const keyOf = (id: string) => parse(`{"SessionId":${id},"RecordId":${id}}`, 'action=record').key;
    expect(keyOf('9007199254740993')).toBe('record:9007199254740993:9007199254740993');
    expect(keyOf('9007199254740992')).toBe('record:9007199254740992:9007199254740992');
  });

  test('of a voicemail has no version', () => {
    expect(parse({ SdkAppId: 1, SessionId: 's' }, 'action=voicemail')).toMatchObject({ type: 'voicemail' });
  });

  test.each([
    ['an unknown action', 'action=imcdr&version=1'],
    ['a later version', 'action=cdr&version=2'],
    ['a version that is none', 'action=cdr&version=x'],
    ['no action', ''],
    ['an action with the name of a member of objects', 'action=constructor'],
  ])('with %s comes through as it is', (_name, query) => {
    expect(parse(cdr, query)).toMatchObject({ type: 'unknown', raw: { SessionId: 'a5be1044-e8b0' } });
  });

  test.each(['ACTION=CDR', 'token=x&action=Cdr', 'token=x?action=cdr&version=1'])(
    'is found by %s',
    (query) => {
      expect(parse(cdr, query).type).toBe('cdr');
    },
  );

  test.each<[string, unknown, string]>([
    ['no JSON', '{"SessionId": ', 'NotJson'],
    ['bytes that are no UTF-8', new Uint8Array([0xff, 0xfe, 0x7b]), 'NotJson'],
    ['nothing', '', 'NotJson'],
    ['a list', [cdr], 'NotAnObject'],
    ['a list as text', '[]', 'NotAnObject'],
    ['null', 'null', 'NotAnObject'],
    ['a text', '"x"', 'NotAnObject'],
    ['no session', { SdkAppId: 1 }, 'Incomplete'],
  ])('with %s is refused, and nothing of it is shown', (_name, body, code) => {
    const refusal = (() => {
      try {
        return parse(body);
      } catch (error) {
        return error;
      }
    })() as PushError;
    expect(refusal).toBeInstanceOf(PushError);
    expect(refusal.code).toBe(code);
    expect(refusal.message).not.toContain('Session"');
  });

  test('that is nested very deep is no more than copied to a depth', () => {
    const deep = `${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}`;
    expect(parse(`{"SessionId":"s","SdkAppId":1,"x":${deep}}`).type).toBe('cdr');
  });

  test('never throws anything but a PushError, and leaves prototypes alone', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.json(), fc.string(), fc.uint8Array()),
        fc.webQueryParameters(),
        (body, query) => {
          try {
            expect(parse(body, query)).toHaveProperty('type');
          } catch (error) {
            expect(error).toBeInstanceOf(PushError);
          }
        },
      ),
    );
    parse('{"SessionId":"s","__proto__":{"polluted":1}}');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});
