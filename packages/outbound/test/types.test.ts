import { describe, expect, expectTypeOf, test } from 'vitest';
import type {
  CallOptions,
  CreateAutoCalloutTaskRequest,
  CreateAutoCalloutTaskRequestWithAIAgentId,
  CreateAutoCalloutTaskRequestWithIvrId,
  CreateAutoCalloutTaskResult,
  CreatePredictiveDialingCampaignRequest,
  ErrorCode,
  OutboundClient,
  TimeRange,
} from '../src/index.js';

// Checked by the type check; at run time there is nothing to do.
describe('types', () => {
  const common = { SdkAppId: 1, NotBefore: 1, Callees: ['1'], Callers: ['2'] };

  test('one of IvrId and AIAgentId is needed, both are fine', () => {
    expectTypeOf({ ...common, IvrId: 1 }).toExtend<CreateAutoCalloutTaskRequest>();
    expectTypeOf({ ...common, AIAgentId: 1 }).toExtend<CreateAutoCalloutTaskRequest>();
    expectTypeOf({ ...common, IvrId: 1, AIAgentId: 1 }).toExtend<CreateAutoCalloutTaskRequest>();
    expectTypeOf(common).not.toExtend<CreateAutoCalloutTaskRequest>();
    expectTypeOf<CreateAutoCalloutTaskRequestWithIvrId['IvrId']>().toEqualTypeOf<number>();
    expectTypeOf<CreateAutoCalloutTaskRequestWithAIAgentId['AIAgentId']>().toEqualTypeOf<number>();
    expectTypeOf<CreateAutoCalloutTaskRequestWithIvrId['AIAgentId']>().toEqualTypeOf<number | undefined>();
  });

  test('slips do not compile', () => {
    // @ts-expect-error The other action spells it IVRId.
    const wrongName: CreateAutoCalloutTaskRequest = { ...common, IVRId: 1 };
    // @ts-expect-error A list of texts, not of numbers.
    const wrongItem: CreateAutoCalloutTaskRequest = { ...common, IvrId: 1, Callees: [1] };
    // @ts-expect-error Only 0 and 1.
    const wrongOrder: CreatePredictiveDialingCampaignRequest['CallOrder'] = 2;
    // @ts-expect-error An option that there is none of.
    const wrongOption: CallOptions = { timeout: 5 };
    expect([wrongName, wrongItem, wrongOrder, wrongOption]).toHaveLength(4);
  });

  test('nothing is widened', () => {
    expectTypeOf<CreateAutoCalloutTaskRequest['Callees']>().toEqualTypeOf<string[]>();
    expectTypeOf<CreateAutoCalloutTaskRequest['AvailableTime']>().toEqualTypeOf<TimeRange[] | undefined>();
    expectTypeOf<CreatePredictiveDialingCampaignRequest['CallOrder']>().toEqualTypeOf<0 | 1>();
    expectTypeOf<CreateAutoCalloutTaskResult>().toEqualTypeOf<{ TaskId: number; RequestId: string }>();
    expectTypeOf<OutboundClient['createAutoCalloutTask']>().returns.toEqualTypeOf<
      Promise<CreateAutoCalloutTaskResult>
    >();
    expectTypeOf<'LimitExceeded.OutOfCountLimit'>().toExtend<ErrorCode>();
    expectTypeOf<'NoSuchCode'>().not.toExtend<ErrorCode>();
  });
});
