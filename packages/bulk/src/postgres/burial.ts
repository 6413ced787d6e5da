import { DURABLY } from './database.js';
import { lives } from './lives.js';

/**
 * In SQL: nobody knows what became of what the dead were sending. A chunk that was claimed or confirmed just now has a lease
 * anyhow. One that somebody has locked is for the next time: signs of life must not wait for it.
 */
export const BURIAL = `
  with dead as (
    select chunk from SCHEMA.chunks
    where run = $1 and state = 'sending' and not ${lives('holder', 'greatest(seen, changed)')} for update skip locked
  )
  update SCHEMA.chunks set state = 'unknown', code = 'Interrupted', by = 'run', holder = null, token = null,
    revision = revision + 1, changed = now()
  from ${DURABLY} where run = $1 and chunk in (select chunk from dead)`;
