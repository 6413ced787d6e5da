import { hash } from 'node:crypto';

/** Lower-case hexadecimal SHA-256. */
export function sha256Hex(data: string | Buffer): string {
  return hash('sha256', data, 'hex');
}
