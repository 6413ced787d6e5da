/** A time of day, such as 15:04:05.123. */
export function clockTime(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  const seconds = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${seconds}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

export function milliseconds(ms: number): string {
  return `${ms < 10 ? ms.toFixed(2) : Math.round(ms)} ms`;
}

/** The first word of an action: `PauseAutoCalloutTask` is "Pause". */
export function verbOf(action: string): string {
  return /^[A-Z][a-z]+/.exec(action)?.[0] ?? action;
}
