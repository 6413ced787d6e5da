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

/** A day and a time of day, such as 2027-03-01 15:04:05. */
export function dateTime(ms: number): string {
  const date = new Date(ms);
  const two = (value: number) => String(value).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${clockTime(ms).slice(0, 8)}`;
}

/** Whether a field holds a time, in seconds since 1970: by its name, and from 2001 to 2128. */
export function isTime(name: string, value: number): boolean {
  return /(?:time|before|after)$/i.test(name) && value >= 1e9 && value < 5e9;
}
