import type { CallRecord, ExpiringLink } from '@tccc/outbound';

/** What every push has. */
interface PushBase {
  /** Id of the push, `X-TCCC-PUSH-UUID`: a repeat has the same. Without that header it is a digest of what came. */
  readonly id: string;
  /**
   * What it is about: the same for every push of the same call record or recording, even if the service pushes it again
   * under another id. Store by it, so that a second one changes nothing.
   */
  readonly key: string;
  /** `action` of the address, as it came. */
  readonly action: string;
  /** `version` of the address; 1 if there is none. */
  readonly version: number;
  /** The application that it is about. */
  readonly sdkAppId?: string;
  /** The body as it came, with its links marked as ones that expire. */
  readonly raw: Readonly<Record<string, unknown>>;
}

/** A phone record (`action=cdr`): a call has ended. */
export interface CallRecordEvent extends PushBase {
  readonly type: 'cdr';
  readonly call: CallRecord;
}

/** A recording of one party of a call, or a message that a caller left. */
export interface Recording {
  readonly sessionId: string;
  /** Of recordings; messages have none. */
  readonly recordingId?: string;
  /** When it was made, in Unix seconds. */
  readonly madeAt?: number;
  /** Who speaks: the phone number of the user, or the mail address of the agent. A text, whatever came. */
  readonly party?: string;
  /** Links to it, which expire: in the storage of the service, and in your own. */
  readonly links: readonly ExpiringLink[];
}

/** A recording (`action=record`): one push for each party, two for a call and three after it was passed on. */
export interface RecordingEvent extends PushBase {
  readonly type: 'record';
  readonly recording: Recording;
}

/** A message that a caller left in an IVR (`action=voicemail`). */
export interface VoicemailEvent extends PushBase {
  readonly type: 'voicemail';
  readonly recording: Recording;
}

/** A push of another action, or of another version: it is passed on as it came, so that nothing is lost. */
export interface UnknownEvent extends PushBase {
  readonly type: 'unknown';
}

/** What the service pushes. More types may come: handle `unknown`, or what no case of yours takes. */
export type PushEvent = CallRecordEvent | RecordingEvent | VoicemailEvent | UnknownEvent;
