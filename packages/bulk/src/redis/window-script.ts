/** How long the log of a key that nobody uses is kept, in milliseconds. */
const KEPT_MS = 86_400_000;

/** What is said without the right to call INFO, after the code. */
export const NEEDS_INFO =
  'RedisPacer must be allowed the command INFO, by which it sees a restart of the server: ACL SETUSER <user> +info';

/**
 * The script that gives slots, for the script hook of rate-limiter-flexible: a log of the slots of the last window, on the clock
 * of the server, in one sorted set. It returns how many slots are taken and, for the one that it gives, the microsecond at which
 * it was taken, which is its name. If there is none to give, it returns one more than the limit, and the milliseconds until the
 * next one is free. Third, it returns the microsecond on the clock of the server; and fourth, if there is no slot to give, the one at
 * which the log began while that is within the last window, else 0.
 *
 * The members of the set:
 * - a slot in use: its name and its score are the microsecond at which it was taken
 * - `before-1`, `before-2`, and so on: slots that must be taken to be in use, because the log says nothing about the last window
 * - the id of this run of the server: its score is the longest window that any process has asked with, with a minus, so that it is
 *   not removed with old slots (from 1 up). Processes may have other windows, by their guards; the longest counts for all.
 *
 * `points` is 1 to take a slot, if there is one. A larger number is the name of a slot to renew: it is still in use, and moves to
 * now. If it has left the log, it comes back.
 *
 * A log that is missing (never begun, lost, or expired), that was written by another run of the server (a restart, a
 * fail-over), or that lies in the future (the clock was set back) says nothing about the last window; it is taken to be
 * full then. That the clock was set forward, the process that asks has to find out. Without leave to call INFO, a restart
 * would not be seen: that is refused.
 */
export function windowScript(windowMs: number): string {
  return `
local key, limit, window = KEYS[1], tonumber(ARGV[3]), ${Math.ceil(windowMs * 1_000)}
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local function text(number) return string.format('%.0f', number) end

while redis.call('ZSCORE', key, text(now)) do now = now + 1 end

local info = redis.pcall('INFO', 'server')
local run = type(info) == 'string' and string.match(info, 'run_id:(%w+)')
if not run then return redis.error_reply('NOPERM ${NEEDS_INFO}') end
local known = redis.call('ZSCORE', key, run)
if known then window = math.max(window, -tonumber(known)) end
if not known or redis.call('ZCOUNT', key, '(' .. text(now), '+inf') > 0 then
  redis.call('DEL', key)
  for slot = 1, limit do redis.call('ZADD', key, text(now), 'before-' .. slot) end
end

redis.call('ZADD', key, text(-window), run)
redis.call('ZREMRANGEBYSCORE', key, 1, text(now - window))
redis.call('PEXPIRE', key, ${KEPT_MS})
local points = tonumber(ARGV[1])
local renewed = points > 1 and text(points)
if renewed then redis.call('ZREM', key, renewed) end
local taken = redis.call('ZCARD', key) - 1 -- without the id of the run
if taken < limit or renewed then
  redis.call('ZADD', key, text(now), text(now))
  return { math.min(taken + 1, limit), now, now }
end
local blocking = redis.call('ZRANGE', key, taken - limit + 1, taken - limit + 1, 'WITHSCORES')
local begun = tonumber(redis.call('ZSCORE', key, 'before-1') or 0)
return { limit + 1, math.ceil((tonumber(blocking[2]) + window - now) / 1000), now, begun }
`;
}
