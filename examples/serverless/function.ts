import { OutboundClient, isTcccError } from '@tccc/outbound';

// One client for all invocations of an instance: it keeps connections, and paces calls.
const endpoint = process.env['TCCC_ENDPOINT'];
const client = new OutboundClient({
  ...(endpoint === undefined ? { site: 'intl' } : { endpoint }),
  // Between invocations the process stands still; a connection must not have died meanwhile.
  keepAliveMs: 5_000,
  // Below the time limit of the function, or it is stopped with a request on its way.
  deadlineMs: 8_000,
});

/** The event of the function. */
export interface Event {
  phone: string;
}

/** For Tencent Cloud SCF (`main_handler`) and AWS Lambda (`handler`). */
export async function handler({ phone }: Event): Promise<{ task?: number; outcome: string; code?: string }> {
  const task = {
    SdkAppId: 1400000000,
    NotBefore: Math.floor(Date.now() / 1000),
    Callees: [phone],
    Callers: ['008602012345678'],
    IvrId: 8,
  };
  try {
    const { TaskId } = await client.createAutoCalloutTask(task);
    return { task: TaskId, outcome: 'executed' };
  } catch (error) {
    // To throw would make the platform invoke the function again, and the phone may ring twice.
    if (!isTcccError(error) || error.outcome === 'not-executed') throw error;
    return { outcome: error.outcome, code: error.code };
  }
}

export { handler as main_handler };
