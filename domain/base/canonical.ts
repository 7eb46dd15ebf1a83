/** JSON with sorted keys and no spaces: the same content gives the same text, so that its digest can be recomputed by anyone. */
export function canonical(value: unknown): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new TypeError('canonical JSON has no place for a number that is not finite')
    return JSON.stringify(value)
  }
  // Array.from visits the holes that map would skip.
  if (Array.isArray(value)) return `[${Array.from(value, canonical).join(',')}]`
  if (typeof value === 'object') {
    const kind: unknown = Object.getPrototypeOf(value)
    if (kind !== Object.prototype && kind !== null)
      throw new TypeError('canonical JSON has no place for an object with a class of its own, such as a date or a map')
    const pairs = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
    return `{${pairs.map(([key, one]) => `${JSON.stringify(key)}:${canonical(one)}`).join(',')}}`
  }
  throw new TypeError(`canonical JSON has no place for a ${typeof value}`)
}
