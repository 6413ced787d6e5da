import { DURABLY } from './database.js';

/**
 * The lines $3 of chunk $2 of run $1 are not sent any more: $4 says so, for the reason $5. One statement, so that a claim at the
 * same moment sees either all of the lines or none.
 */
export const LEAVE_OUT = `
  with known as (select chunk, opted_out from SCHEMA.chunks where run = $1 and chunk = $2 for update),
  next as (
    select chunk, array(select distinct line from unnest(opted_out || $3::int[]) as line order by line) as lines from known
  ),
  -- Versions before the second one would send these lines: they must not join any more.
  raised as (update SCHEMA.runs set version = 2 where id = $1 and version < 2)
  update SCHEMA.chunks set opted_out = lines, opted_out_by = $4, opted_out_for = $5, opted_out_at = now(),
    callees = case when state = 'planned' then callees + cardinality(left_out) - cardinality(lines) else callees end,
    left_out = case when state = 'planned' then lines else left_out end
  from next, ${DURABLY} where run = $1 and chunks.chunk = next.chunk returning chunks.*`;
