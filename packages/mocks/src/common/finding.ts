import type { Issue } from '@tccc/outbound';

/** Something that is wrong with a request, in words for the author of the client. */
export interface Finding {
  /** Short name of the mistake, such as `local-date` or `UnknownParameter`. */
  mistake: string;
  /** What is wrong, and what would be right. No secret is in it. */
  says: string;
}

/** What the mock found out about a refused signature. */
export interface Explanation {
  /** What has to be signed, as the mock computed it; a token in it is not shown. Absent if the request has too little for it. */
  canonicalRequest?: string;
  stringToSign?: string;
  diagnosis: readonly Finding[];
}

/** What is wrong with one parameter; no text has the value in it. */
export type WrongParameter = Pick<Issue, 'path' | 'rule' | 'message'>;
