import { DURABLY } from './database.js';
import { lives } from './lives.js';

/** Whether the service has, or may have, a chunk of run $1. */
const IS_SENT = `exists (select from SCHEMA.chunks where run = $1 and state not in ('planned', 'refused'))`;

/** Whether a process other than $3 works on run $1. */
const HAS_OTHERS = `exists (
  select from SCHEMA.workers where run = $1 and workers.id <> $3 and ${lives('workers.id', 'seen')})`;

/** Who has what was sent of run $1. */
export const READ_SERVICE = `select service from SCHEMA.runs where id = $1 and ${IS_SENT}`;

/** Run $1 is sent to $2 by the process $3, unless somebody has something of it, or others send it. */
export const SEND_TO = `
  update SCHEMA.runs set service =
    case when ${IS_SENT} or service is not null and ${HAS_OTHERS} then service else $2 end
  from ${DURABLY} where runs.id = $1 returning service`;
