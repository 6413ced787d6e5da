/**
 * Text whose lines end with LF or CRLF. If its first line ends with CR alone, as old programs for the Macintosh write it, each
 * CR becomes CRLF, so that a bare LF may be text; else a CR is left to the reader of the lines.
 */
export async function* withLineFeeds(text: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  let isCr: boolean | undefined;
  for await (const piece of text) {
    let whole = held + piece;
    held = '';
    if (isCr === undefined) {
      const first = /\r+\n?|\n/.exec(whole);
      // What follows a CR at the end is not known yet.
      if (first !== null && (first[0].endsWith('\n') || first.index + first[0].length < whole.length))
        isCr = !first[0].endsWith('\n');
      else if (first !== null) {
        held = whole;
        continue;
      }
    }
    if (isCr === true) {
      if (whole.endsWith('\r')) {
        held = '\r';
        whole = whole.slice(0, -1);
      }
      whole = whole.replaceAll(/\r\n?/g, '\r\n');
    }
    if (whole !== '') yield whole;
  }
  if (held !== '') yield isCr === false ? held : held.replaceAll('\r', '\r\n');
}
