/** What the tests use of papaparse. Its own types need those of a browser. */
declare module 'papaparse' {
  const Papa: {
    unparse(rows: readonly (readonly string[])[], config: { newline: string; quotes: boolean }): string;
  };
  // oxlint-disable-next-line import/no-default-export
  export default Papa;
}
