// Generated from spec/ by `pnpm generate`. Do not edit.

/** Word for the end of a call. The service may answer others, too. */
export type EndStatusName =
  | 'error'
  | 'ok'
  | 'unconnected'
  | 'seatGiveUp'
  | 'blackList'
  | 'ivrGiveUp'
  | 'waitingGiveUp'
  | 'ringingGiveUp'
  | 'noSeatOnline'
  | 'notWorkTime'
  | 'ivrEnd'
  | 'restrictedCallee'
  | 'tooManyRequest'
  | 'restrictedArea'
  | 'restrictedTime'
  | 'unknown'
  | 'notAnswer'
  | 'userReject'
  | 'powerOff'
  | 'numberNotExist'
  | 'busy'
  | 'outOfCredit'
  | 'operatorError'
  | 'callerCancel'
  | 'notInService'
  | 'clientError'
  | 'carrierBlocked'
  | 'callReminder'
  | 'numberInvalid'
  | 'callRestricted'
  | 'calleeRestricted'
  | 'areaRestricted'
  | 'promptCallForwarding'
  | 'callerCancelWhileRing'
  | 'callerCancelWithoutRing'
  | 'voiceMailReached'
  | 'asrError'
  | 'llmasrError'
  | 'ttsError'
  | 'functionCallHangup'
  | 'maxCallDurationReached'
  | 'userInactivity'
  | 'callTerminatedByAPI'
  | 'userHangupDuringAiCall'
  | 'aiAgentEndCall'
  | 'callConflict'
  | 'clientTimeout'
  | 'voipClientError'
  | 'seatForward'
  | 'outboundForward'
  | (string & {});

/** What ends of calls have in common, by our reading. More may come. */
export type EndStatusGroup =
  | 'unknown'
  | 'answered'
  | 'not-reached'
  | 'agent'
  | 'blocked'
  | 'answered-left'
  | 'not-dialled'
  | 'no-answer'
  | 'rejected'
  | 'unreachable'
  | 'bad-number'
  | 'busy'
  | 'line-fault'
  | 'cancelled'
  | 'machine'
  | (string & {});

/** One way in which a call ends, as the documentation has it. */
export interface EndStatus {
  /** Value of `EndStatus`; absent if no source has one. */
  readonly code?: number;
  /** Value of `EndStatusString`; absent if no source has one. */
  readonly name?: EndStatusName;
  /** Which calls end so. */
  readonly direction: 'in' | 'out' | 'both';
  readonly meaning: string;
  /** What it has in common with others, by our reading. */
  readonly group: EndStatusGroup;
}

/**
 * How calls end, as far as it is documented.
 *
 * The documentation says that automatic tasks, predictive campaigns and AI calls do not support all of these,
 * and that what the service returns decides.
 */
export const endStatuses: readonly EndStatus[] = [
  { code: 0, name: 'error', direction: 'both', meaning: 'The system failed.', group: 'unknown' },
  { code: 1, name: 'ok', direction: 'both', meaning: 'A normal call.', group: 'answered' },
  {
    code: 2,
    name: 'unconnected',
    direction: 'out',
    meaning: 'The call was not connected.',
    group: 'not-reached',
  },
  {
    code: 17,
    name: 'seatGiveUp',
    direction: 'in',
    meaning: 'The agent did not take the call in time, and it was passed on.',
    group: 'agent',
  },
  {
    code: 100,
    name: 'blackList',
    direction: 'in',
    meaning:
      'The caller is on a blacklist. Some editions say that of the system, others that of the administrator.',
    group: 'blocked',
  },
  {
    code: 102,
    name: 'ivrGiveUp',
    direction: 'in',
    meaning: 'The user hung up in the IVR.',
    group: 'answered-left',
  },
  {
    code: 103,
    name: 'waitingGiveUp',
    direction: 'in',
    meaning: 'The user hung up in the queue.',
    group: 'answered-left',
  },
  {
    code: 104,
    name: 'ringingGiveUp',
    direction: 'in',
    meaning: 'The user hung up while the phone of an agent rang.',
    group: 'answered-left',
  },
  {
    code: 105,
    name: 'noSeatOnline',
    direction: 'in',
    meaning: 'No agent was online.',
    group: 'answered-left',
  },
  {
    code: 106,
    name: 'notWorkTime',
    direction: 'in',
    meaning: 'The call came outside working hours.',
    group: 'answered-left',
  },
  {
    code: 107,
    name: 'ivrEnd',
    direction: 'in',
    meaning: 'The IVR came to its end without an agent.',
    group: 'answered',
  },
  {
    code: 108,
    name: 'restrictedCallee',
    direction: 'out',
    meaning: 'The system does not dial the number, because its owner has complained.',
    group: 'not-dialled',
  },
  {
    code: 109,
    name: 'tooManyRequest',
    direction: 'out',
    meaning: 'The carrier limits how often the number may be called.',
    group: 'not-dialled',
  },
  {
    code: 110,
    name: 'restrictedArea',
    direction: 'out',
    meaning: 'The number is in an area that may not be called.',
    group: 'not-dialled',
  },
  {
    code: 111,
    name: 'restrictedTime',
    direction: 'out',
    meaning: 'The call was outside the hours in which calls are allowed, usually 9 to 21.',
    group: 'not-dialled',
  },
  { code: 201, name: 'unknown', direction: 'out', meaning: 'The reason is unknown.', group: 'unknown' },
  {
    code: 202,
    name: 'notAnswer',
    direction: 'out',
    meaning: 'Nobody answered until the call was given up.',
    group: 'no-answer',
  },
  {
    code: 203,
    name: 'userReject',
    direction: 'out',
    meaning: 'The called person rejected the call.',
    group: 'rejected',
  },
  {
    code: 204,
    name: 'powerOff',
    direction: 'out',
    meaning: 'The phone is switched off.',
    group: 'unreachable',
  },
  {
    code: 205,
    name: 'numberNotExist',
    direction: 'out',
    meaning: 'The number does not exist.',
    group: 'bad-number',
  },
  { code: 206, name: 'busy', direction: 'out', meaning: 'The line is busy.', group: 'busy' },
  {
    code: 207,
    name: 'outOfCredit',
    direction: 'out',
    meaning: 'The account of the called person is suspended.',
    group: 'unreachable',
  },
  {
    code: 208,
    name: 'operatorError',
    direction: 'out',
    meaning: 'The line of the carrier is faulty.',
    group: 'line-fault',
  },
  {
    code: 209,
    name: 'callerCancel',
    direction: 'out',
    meaning: 'The caller cancelled the call.',
    group: 'cancelled',
  },
  {
    code: 210,
    name: 'notInService',
    direction: 'out',
    meaning: 'The phone has no coverage.',
    group: 'unreachable',
  },
  {
    code: 211,
    name: 'clientError',
    direction: 'both',
    meaning: 'The device or the network of the agent failed.',
    group: 'line-fault',
  },
  {
    code: 212,
    name: 'carrierBlocked',
    direction: 'out',
    meaning: 'The carrier blocked the call.',
    group: 'blocked',
  },
  {
    code: 213,
    name: 'callReminder',
    direction: 'out',
    meaning: 'An announcement of a call reminder service was heard.',
    group: 'unreachable',
  },
  {
    code: 215,
    name: 'numberInvalid',
    direction: 'out',
    meaning: 'The number is invalid.',
    group: 'bad-number',
  },
  {
    code: 216,
    name: 'callRestricted',
    direction: 'out',
    meaning: 'An announcement said that calls are restricted.',
    group: 'blocked',
  },
  {
    code: 217,
    name: 'calleeRestricted',
    direction: 'out',
    meaning: 'The called number is on a blacklist.',
    group: 'blocked',
  },
  {
    code: 218,
    name: 'areaRestricted',
    direction: 'out',
    meaning: 'The area of the called number is restricted.',
    group: 'blocked',
  },
  {
    code: 219,
    name: 'promptCallForwarding',
    direction: 'out',
    meaning: 'An announcement said that the call is forwarded.',
    group: 'unreachable',
  },
  {
    code: 220,
    name: 'callerCancelWhileRing',
    direction: 'out',
    meaning: 'The caller cancelled the call while the phone rang.',
    group: 'cancelled',
  },
  {
    code: 221,
    name: 'callerCancelWithoutRing',
    direction: 'out',
    meaning: 'The phone never rang, and the caller cancelled the call.',
    group: 'unreachable',
  },
  { code: 222, name: 'voiceMailReached', direction: 'out', meaning: 'A mailbox answered.', group: 'machine' },
  {
    code: 225,
    name: 'asrError',
    direction: 'both',
    meaning: 'Speech recognition failed in a call of an AI agent.',
    group: 'answered',
  },
  {
    code: 226,
    name: 'llmasrError',
    direction: 'both',
    meaning: 'The language model failed in a call of an AI agent.',
    group: 'answered',
  },
  {
    code: 227,
    name: 'ttsError',
    direction: 'both',
    meaning: 'Speech synthesis failed in a call of an AI agent.',
    group: 'answered',
  },
  {
    code: 228,
    name: 'functionCallHangup',
    direction: 'both',
    meaning: 'The language model hung up.',
    group: 'answered',
  },
  {
    code: 229,
    name: 'maxCallDurationReached',
    direction: 'both',
    meaning: 'The call of an AI agent reached its longest duration.',
    group: 'answered',
  },
  {
    code: 230,
    name: 'userInactivity',
    direction: 'both',
    meaning: 'The user was silent, and the AI agent hung up.',
    group: 'answered',
  },
  {
    code: 231,
    name: 'callTerminatedByAPI',
    direction: 'both',
    meaning: 'The call of an AI agent was ended by the API.',
    group: 'answered',
  },
  {
    code: 232,
    name: 'userHangupDuringAiCall',
    direction: 'in',
    meaning: 'The user hung up during the call of an AI agent.',
    group: 'answered',
  },
  {
    code: 233,
    name: 'aiAgentEndCall',
    direction: 'in',
    meaning: 'The AI agent came to its end.',
    group: 'answered',
  },
  {
    code: 234,
    direction: 'out',
    meaning: 'No table has its meaning; it is among the values of RetryHangupTypes.',
    group: 'unknown',
  },
  {
    code: 501,
    name: 'callConflict',
    direction: 'in',
    meaning: 'Another call was under way at the VoIP client.',
    group: 'line-fault',
  },
  {
    code: 502,
    name: 'clientTimeout',
    direction: 'in',
    meaning: 'The VoIP client did not respond.',
    group: 'line-fault',
  },
  {
    code: 503,
    name: 'voipClientError',
    direction: 'in',
    meaning: 'The VoIP client failed.',
    group: 'line-fault',
  },
  {
    name: 'seatForward',
    direction: 'both',
    meaning: 'An agent passed the call on. Only the legs of agents have it.',
    group: 'agent',
  },
  {
    name: 'outboundForward',
    direction: 'both',
    meaning: 'The call was passed on to an outside number. Only the legs of agents have it.',
    group: 'agent',
  },
];
