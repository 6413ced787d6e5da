import { expect, expectTypeOf, test } from 'vitest';
import type { BulkTemplate, TaskParams } from '../src/index.js';
import { readTemplate } from '../src/request/template.js';
import { campaign, template } from './support.js';

test('what the list fills may be given in no other way', () => {
  const forCampaign = { action: 'CreatePredictiveDialingCampaign', params: campaign } as const;
  const Callees = ['+8613800000000'];
  const filled = {
    'params.Callees': { ...template, params: { ...template.params, Callees } },
    'params.CalleeAttributes': { ...template, params: { ...template.params, CalleeAttributes: [] } },
    'extraParams.Callees': { ...template, extraParams: { Callees } },
    'extraParams.CalleeAttributes': { ...forCampaign, extraParams: { CalleeAttributes: [] } },
  };
  for (const [name, given] of Object.entries(filled))
    expect(() => readTemplate(given as never)).toThrow(`"${name}" is filled from the list; leave it out.`);
  expect(readTemplate({ ...forCampaign, extraParams: { UUI: 'u' } }).extraParams).toEqual({ UUI: 'u' });
});

// Checked by the type check; at run time there is nothing to do.
test('a template needs one of IvrId and AIAgentId, as its requests do', () => {
  const common = { SdkAppId: 1, NotBefore: 1, Callers: ['2'] };
  const action = 'CreateAutoCalloutTask' as const;
  expectTypeOf({ ...common, IvrId: 1 }).toExtend<TaskParams>();
  expectTypeOf({ ...common, IvrId: 1, AIAgentId: 1 }).toExtend<TaskParams>();
  expectTypeOf(common).not.toExtend<TaskParams>();
  expectTypeOf({ action, params: { ...common, AIAgentId: 1 } }).toExtend<BulkTemplate>();
  expectTypeOf({ action, params: common }).not.toExtend<BulkTemplate>();
  // @ts-expect-error The list fills it.
  const filled: TaskParams = { ...common, IvrId: 1, Callees: ['1'] };
  expect(filled).toBeDefined();
});
