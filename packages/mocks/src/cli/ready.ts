/** What is told once the mock is ready. */
export interface Ready {
  readonly url: string;
  readonly pid: number;
  readonly seed: number;
  /** Path of the certificate that clients must trust, with HTTPS. */
  readonly ca?: string;
}

/** One line of JSON, for programs. */
export function readyJson(ready: Ready): string {
  return JSON.stringify({ ready: true, ...ready });
}

/** What a person at a terminal needs: where the page is, and a command that works as it is. */
export function readyText({ url, ca }: Ready): string {
  const trust = ca === undefined ? '' : ` --cacert '${ca.replaceAll("'", `'\\''`)}'`;
  return [
    `The mock is ready at ${url}`,
    `  page        ${url}/`,
    `  what came   curl -s${trust} ${url}/__mock/summary`,
    ...(ca === undefined ? [] : [`  clients must trust ${ca}`]),
    'Ctrl-C ends it.',
  ].join('\n');
}
