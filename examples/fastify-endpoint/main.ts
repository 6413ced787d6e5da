import { OutboundClient, isTcccError } from '@tccc/outbound';
import fastify from 'fastify';

const endpoint = process.env['TCCC_ENDPOINT'];
const client = new OutboundClient(endpoint === undefined ? { site: 'intl' } : { endpoint });
const app = fastify({ logger: true });

interface Order {
  phone: string;
  order: string;
}

const schema = {
  body: {
    type: 'object',
    required: ['phone', 'order'],
    properties: {
      phone: { type: 'string', pattern: '^00[0-9]{8,15}$' },
      order: { type: 'string', pattern: '^[a-z0-9-]{8,40}$' },
    },
  },
};

/** Calls a customer about an order. The marker is made from the order, so that a lost response is found by it. */
app.post<{ Body: Order }>('/calls', { schema }, async (request, response) => {
  const { phone, order } = request.body;
  const task = {
    SdkAppId: 1400000000,
    NotBefore: Math.floor(Date.now() / 1000),
    Callees: [phone],
    Callers: ['008602012345678'],
    IvrId: 8,
  };
  try {
    const { TaskId } = await client.createAutoCalloutTask(task, {
      deadlineMs: 5_000,
      settle: { marker: order, withinMs: 5_000 },
    });
    return { task: TaskId };
  } catch (error) {
    if (!isTcccError(error)) throw error;
    // Only after "not-executed" may the caller of this endpoint try again.
    const status = error.outcome === 'not-executed' ? 503 : 500;
    return response.status(status).send({ outcome: error.outcome, code: error.code, docs: error.docs });
  }
});

app.get('/health', () => client.stats());

// Before the server closes: it waits for its requests, and these would wait for their turn.
app.addHook('preClose', () => client.close());
process.once('SIGTERM', () => void app.close());

await app.listen({ port: Number(process.env['PORT'] ?? 3000), host: '127.0.0.1' });
