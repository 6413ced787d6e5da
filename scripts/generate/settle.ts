import type { Settle } from '@tccc/outbound';
import type { Operation, SpecDocument } from './spec.js';

/** How a creation can be looked up, with all that the spec knows of the list: nothing else of that action is needed. */
export function buildSettle(operation: Operation, document: SpecDocument): Settle | undefined {
  const { 'x-settle': settle, 'x-effect': effect } = operation;
  if (settle === undefined || effect.kind !== 'creates') return undefined;
  const list = Object.values(document.paths).find(({ post }) => post.operationId === settle.list)!.post;
  const listed = list['x-effect'];
  if (listed.kind !== 'lists') return undefined;
  const { marker } = settle;
  const maxSize = list.requestBody.content['application/json'].schema.properties![listed.size]!.maximum;
  return {
    list: settle.list,
    marker: marker.parameter,
    id: effect.id,
    with: settle.with,
    ...(marker.filter === undefined ? {} : { filter: marker.filter }),
    items: { field: listed.items, marker: marker.item, id: listed.id! },
    total: listed.total,
    page: {
      number: listed.page,
      first: listed.first,
      size: listed.size,
      ...(maxSize === undefined ? {} : { maxSize }),
    },
  };
}
