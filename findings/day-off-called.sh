#!/usr/bin/env bash
# ts-ics 2.4.6, a reader and writer of calendars (.ics), on Node.js 20.20 with UTC or China as its time zone.
#
# People keep the hours in which to call in a calendar: each Thursday from 09:00 in New York, but not on Thanksgiving. ts-ics reads
# the event, its zone and the day that was taken out; `extendByRecurrenceRule` then makes its days, in the zone of the machine, and
# has no option for another. When clocks go back in New York, the hour moves to 08:00. The day that was taken out has the right hour,
# so it is like none of these, and stays in: people are called an hour early, and on the one day on which nobody should be. On a
# machine in New York all is well, and elsewhere until the end of October.
#
# The README shows the function with dates in UTC, and does not mention zones. We found no report. ical-expander 3.2.0, and node-ical
# 0.26.1 by `expandRecurringEvent`, have all right.
#
# Guessed before it was run: 09:00 on each day, and no call on the day that was taken out.
# Seen: the nine lines that this script compares. It fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund ts-ics@2.4.6 ical-expander@3.2.0 node-ical@0.26.1

cat >days.mjs <<'JS'
import IcalExpander from 'ical-expander';
import nodeIcal from 'node-ical';
import { convertIcsCalendar, extendByRecurrenceRule } from 'ts-ics';

const ics = `BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//calls//calls//EN
BEGIN:VEVENT
UID:calls@example.com
DTSTAMP:20261001T000000Z
DTSTART;TZID=America/New_York:20261029T090000
DTEND;TZID=America/New_York:20261029T200000
RRULE:FREQ=WEEKLY;UNTIL=20261201T000000Z
EXDATE;TZID=America/New_York:20261126T090000
SUMMARY:Calls
END:VEVENT
END:VCALENDAR
`.replaceAll('\n', '\r\n');
const from = new Date('2026-10-28T00:00:00Z');
const to = new Date('2026-12-01T00:00:00Z');

const readings = {
  'ts-ics'() {
    const [{ start, recurrenceRule, exceptionDates }] = convertIcsCalendar(undefined, ics).events;
    const exceptions = exceptionDates.map(({ date }) => date);
    return extendByRecurrenceRule(recurrenceRule, { start: start.date, end: to, exceptions });
  },
  'ical-expander': () =>
    new IcalExpander({ ics }).between(from, to).occurrences.map(({ startDate }) => startDate.toJSDate()),
  'node-ical'() {
    const event = Object.values(nodeIcal.sync.parseICS(ics)).find(({ type }) => type === 'VEVENT');
    return nodeIcal.expandRecurringEvent(event, { from, to }).map(({ start }) => start);
  },
};

const inNewYork = new Intl.DateTimeFormat('en-US', {
  timeZone: 'America/New_York',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
for (const [name, read] of Object.entries(readings))
  console.log(`${process.env.TZ}, ${name}: ${read().map((date) => inNewYork.format(date).replace(',', '')).join(', ')}`);
JS

node --version
for zone in UTC Asia/Shanghai America/New_York; do TZ=$zone node days.mjs; done | tee seen
diff seen - <<'SEEN'
UTC, ts-ics: Oct 29 09:00, Nov 5 08:00, Nov 12 08:00, Nov 19 08:00, Nov 26 08:00
UTC, ical-expander: Oct 29 09:00, Nov 5 09:00, Nov 12 09:00, Nov 19 09:00
UTC, node-ical: Oct 29 09:00, Nov 5 09:00, Nov 12 09:00, Nov 19 09:00
Asia/Shanghai, ts-ics: Oct 29 09:00, Nov 5 08:00, Nov 12 08:00, Nov 19 08:00, Nov 26 08:00
Asia/Shanghai, ical-expander: Oct 29 09:00, Nov 5 09:00, Nov 12 09:00, Nov 19 09:00
Asia/Shanghai, node-ical: Oct 29 09:00, Nov 5 09:00, Nov 12 09:00, Nov 19 09:00
America/New_York, ts-ics: Oct 29 09:00, Nov 5 09:00, Nov 12 09:00, Nov 19 09:00
America/New_York, ical-expander: Oct 29 09:00, Nov 5 09:00, Nov 12 09:00, Nov 19 09:00
America/New_York, node-ical: Oct 29 09:00, Nov 5 09:00, Nov 12 09:00, Nov 19 09:00
SEEN
