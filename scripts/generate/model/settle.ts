import type { Paging, Settle } from '@tccc/outbound';
import type { Operation, SpecDocument } from '../read/spec.js';

/** How a creation can be looked up. */
export function buildSettle(operation: Operation, document: SpecDocument): Settle | undefined {
  const { 'x-settle': settle, 'x-effect': effect } = operation;
  if (settle === undefined || effect.kind !== 'creates') return undefined;
  const list = Object.values(document.paths).find(({ post }) => post.operationId === settle.list)!.post;
  const listed = list['x-effect'];
  if (listed.kind !== 'lists') return undefined;
  const { marker } = settle;
  const { required = [] } = operation.requestBody.content['application/json'].schema;
  return {
    list: settle.list,
    marker: marker.parameter,
    isMarkerOptional: !required.includes(marker.parameter),
    id: effect.id,
    with: settle.with,
    ...(marker.filter === undefined ? {} : { filter: marker.filter }),
    item: { marker: marker.item, id: listed.id! },
  };
}

/** How a list is read page by page. */
export function buildPaging({ 'x-effect': effect, requestBody }: Operation): Paging | undefined {
  if (effect.kind !== 'lists' && effect.kind !== 'records') return undefined;
  const { items, id, total, page, first, size } = effect;
  const maxSize = requestBody.content['application/json'].schema.properties![size]!.maximum;
  return {
    items,
    ...(effect.kind === 'records' && effect.twin !== undefined ? { twin: effect.twin } : {}),
    ...(id === undefined ? {} : { id }),
    total,
    page,
    first,
    size,
    ...(maxSize === undefined ? {} : { maxSize }),
    ...(effect.kind === 'records' ? { window: effect.window } : {}),
  };
}
