/** In SQL: whether a process had a word with the database within its own lease, whatever the lease of the one that asks is. */
export function lives(worker: string, latest: string): string {
  return `exists (select from SCHEMA.workers
    where workers.id = ${worker} and ${latest} > now() - lease_ms * interval '1 ms')`;
}
