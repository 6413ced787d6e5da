/**
 * A process that creates, to be killed at any time. Argument: JSON of the options of its client, the method that it calls,
 * and for each call the parameters and the marker.
 */
import { OutboundClient } from '@tccc/outbound';

const { options, method, calls } = JSON.parse(process.argv[2]);
const client = new OutboundClient(options);
const created = calls.map(({ params, marker }) => client[method](params, { settle: { marker } }));
await Promise.allSettled(created);
await client.close();
