import { actions } from '@tccc/outbound';
import { findFaults, textOf } from '@tccc/outbound/internal';
import { describe, expect, test } from 'vitest';
import { timeZoneNames } from '../src/generated/time-zones.js';
import { applyFixtureCase, fixtures } from '../src/index.js';

const timeZones = timeZoneNames();

describe.each(fixtures.map((fixture) => [fixture.action, fixture] as const))(
  '%s',
  (action, { request, cases }) => {
    const { rules } = actions[action];

    test('the documented example is valid', () => {
      expect(findFaults(rules, request)).toEqual([]);
    });

    test('there are cases for every field', () => {
      const faults = findFaults(rules, { NoSuchParameter: 1 });
      expect(faults.map(({ rule }) => rule)).toContain('additionalProperties');
      for (const field of Object.keys(rules().properties!)) {
        const ofField = cases.filter(({ path }) => path[0] === field);
        expect(
          ofField.filter(({ fault }) => fault !== undefined),
          field,
        ).not.toEqual([]);
      }
    });

    test.each(cases.map((change) => [change.name, change] as const))('%s', (_name, change) => {
      const faults = findFaults(rules, applyFixtureCase(request, change), { timeZones });
      const found = faults.map((fault) => ({ rule: fault.rule, path: textOf(fault.path) }));
      if (change.fault === undefined) expect(found).toEqual([]);
      else expect(found).toContainEqual(change.fault);
    });
  },
);
