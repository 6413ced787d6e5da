/** How a number is written in the list. */
export type Notation =
  /** With + and the country code. */
  | 'international'
  /** With the code for a call abroad, 00 or the country's own, and the country code. */
  | 'exit-code'
  /** As people in the country write it: without a country code. */
  | 'national'
  /** The same without the digit that is dialled before an area code, such as the 0 that a spreadsheet takes off. */
  | 'national-without-prefix'
  /** With the country's own code, but without the + before it. */
  | 'country-code-without-plus';
