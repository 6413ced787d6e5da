import { DURABLY } from './database.js';
import { VERSION } from './schema.js';

/**
 * Takes the next chunk of run $1 for the process $2, which calls this claim $3. If the response of the database is lost, the
 * statement is sent again. Each claim has a name of its own, so the second time finds the chunk that the first one took
 * (`known`) instead of taking another.
 */
export const CLAIM = `
  with known as (select chunk from SCHEMA.chunks where run = $1 and state = 'sending' and token = $3),
  next as (
    select chunk from SCHEMA.chunks
    where run = $1 and state = 'planned' and callees > 0 and not exists (select from known)
      and exists (select from SCHEMA.runs where id = $1 and stop is null and version <= ${VERSION})
    order by chunk limit 1 for update skip locked
  ),
  changed as (
    update SCHEMA.chunks set state = 'sending', id = null, code = null, by = 'run', holder = $2, token = $3,
      revision = revision + 1, changed = now()
    from ${DURABLY} where run = $1 and chunk in (select chunk from next) returning chunks.*
  )
  select * from changed union all
  select chunks.* from SCHEMA.chunks where run = $1 and chunk in (select chunk from known)`;
