/** A record with a value for each of the keys. */
export const recordOf = <Key extends string, Value>(
  keys: readonly Key[],
  valueOf: (key: Key) => Value,
): Record<Key, Value> => Object.fromEntries(keys.map((key) => [key, valueOf(key)])) as Record<Key, Value>

/** These fields of a record and no others. */
export function pick<Of extends object, Key extends keyof Of>(of: Of, keys: readonly Key[]): Pick<Of, Key> {
  const picked: Partial<Of> = {}
  for (const key of keys) picked[key] = of[key]
  return picked as Pick<Of, Key>
}

/** The keys of a record, in the order in which they stand there. */
export const keysOf = <Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] =>
  Object.keys(record) as Key[]
