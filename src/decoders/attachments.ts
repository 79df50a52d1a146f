import { type Data, type DataMap, isList, isMap } from '../core/decoded/data.ts';

/** The bytes in the places that Socket.IO left for them: `{ "_placeholder": true, "num": 0 }`. */
export function putTogether(data: Data, attachments: readonly Uint8Array[]): Data {
  if (isList(data)) return data.map((each) => putTogether(each, attachments));
  if (!isMap(data)) return data;
  const place = placeOf(data);
  if (place !== undefined) {
    return attachments[place] ?? { tag: 'missing attachment', value: place };
  }
  return {
    entries: data.entries.map(([key, each]) => [key, putTogether(each, attachments)] as const),
  };
}

function placeOf({ entries }: DataMap): number | undefined {
  const members = new Map(entries);
  const place = members.get('num');
  return members.get('_placeholder') === true && typeof place === 'number' ? place : undefined;
}
