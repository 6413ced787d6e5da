/** What is used of papaparse. Its own types need those of a browser. */
declare module 'papaparse' {
  import type { Readable } from 'node:stream';

  export interface ParseResult {
    data: string[][];
    errors: { code: string; row: number }[];
    /** `cursor`: how many characters were parsed. */
    meta: { cursor: number };
  }

  const Papa: {
    parse(
      source: Readable,
      config: {
        delimiter: string;
        newline: string;
        chunk: (results: ParseResult) => void;
        complete: () => void;
        error: (error: unknown) => void;
      },
    ): void;
  };
  // oxlint-disable-next-line import/no-default-export
  export default Papa;
}
