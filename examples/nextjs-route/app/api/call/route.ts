import { isTcccError } from '@tccc/outbound';
import { client } from './client';

// Not for the edge: the SDK needs the sockets of Node.js.
export const runtime = 'nodejs';

export async function POST(request: Request): Promise<Response> {
  const { phone } = (await request.json()) as { phone: string };
  const task = {
    SdkAppId: 1400000000,
    NotBefore: Math.floor(Date.now() / 1000),
    Callees: [phone],
    Callers: ['008602012345678'],
    IvrId: 8,
  };
  try {
    const { TaskId } = await client().createAutoCalloutTask(task, { signal: request.signal });
    return Response.json({ task: TaskId });
  } catch (error) {
    if (!isTcccError(error)) throw error;
    const status = error.kind === 'validation' ? 400 : error.outcome === 'not-executed' ? 503 : 500;
    return Response.json({ outcome: error.outcome, code: error.code }, { status });
  }
}
