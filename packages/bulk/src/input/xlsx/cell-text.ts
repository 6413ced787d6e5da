import { damaged } from './damaged.js';

/** Longest text of a cell: more than spreadsheets allow, which is 32,767. */
const LONGEST = 65_536;

/** Gathers the pieces of a text, each of which may have a format of its own. A pronunciation (`rPh`) is not part of it. */
export class CellText {
  readonly #what: string;
  #text = '';
  #isWithin = false;
  #pronunciations = 0;

  constructor(what: string) {
    this.#what = what;
  }

  begin(): void {
    this.#text = '';
    this.#isWithin = false;
    this.#pronunciations = 0;
  }

  open(name: string): void {
    if (name === 't' || name === 'v') this.#isWithin = this.#pronunciations === 0;
    else if (name === 'rPh') this.#pronunciations++;
  }

  add(piece: string): void {
    if (!this.#isWithin) return;
    this.#text += piece;
    if (this.#text.length > LONGEST)
      throw damaged(this.#what, `a cell has more than ${LONGEST.toLocaleString('en-US')} characters`);
  }

  close(name: string): void {
    if (name === 't' || name === 'v') this.#isWithin = false;
    else if (name === 'rPh') this.#pronunciations--;
  }

  /** What the file contains. */
  get raw(): string {
    return this.#text;
  }

  /**
   * The text that is meant: characters that XML cannot have are written as `_x000D_`, and such an escape itself with one
   * more. What no text has, U+0000 and half a character, becomes U+FFFD.
   */
  end(): string {
    const text = this.#text;
    if (!text.includes('_x')) return text;
    return text
      .replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) =>
        String.fromCharCode(Number.parseInt(code, 16)),
      )
      .replaceAll('\r\n', '\n')
      .replaceAll(/[\0\p{Surrogate}]/gu, '\ufffd');
  }
}
