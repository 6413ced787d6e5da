/**
 * A cell of the report. A text from the list must not become a formula in whatever opens the report: it gets an apostrophe, with
 * which a number is read as well if the report becomes the next list.
 */
export function cell(value: string | number): string {
  const text =
    typeof value === 'string' && /^[=@\t\r]|^[+-](?!\d+$)/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
