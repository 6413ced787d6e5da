type Fields = Readonly<Record<string, unknown>>;

/** Fields of a record that a push does not have, or has under another name. */
const OTHER_NAMES = new Set(['EndStatus', 'UUI', 'StartTimeStamp', 'Time', 'RecordURL', 'IVRKeyPressedEx']);

/** The body of a phone record, as the documentation has it: the end as a word alone, and keys in lower case. */
export function recordBody(record: Fields): Fields {
  const kept = Object.entries(record).filter(([name]) => !OTHER_NAMES.has(name));
  const keys = record['IVRKeyPressedEx'] as { Key: string; Label: string }[] | null;
  return {
    ...Object.fromEntries(kept),
    SeatUser: null,
    IVRKeyPressed: keys?.map(({ Key }) => Key) ?? null,
    IVRKeyPressedEx: keys?.map(({ Key, Label }) => ({ key: Key, label: Label })) ?? null,
    Uui: record['UUI'] ?? '',
  };
}

/** The body of a recording of the called person. */
export function recordingBody(record: Fields): Fields {
  const { SdkAppId, SessionId, RecordId, RecordURL, EndedTimestamp, Callee } = record;
  return { SdkAppId, RecordId, SessionId, Timestamp: EndedTimestamp, EndpointUser: Callee, RecordURL };
}
