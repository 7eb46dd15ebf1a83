/**
 * What Windows 7 and older phones (Chrome 95, Firefox 91, Safari 15) lack and our code or a library calls: without these an entry
 * page of theirs was empty right after filing.
 */
type AnyArray = unknown[]
type Compare = (a: unknown, b: unknown) => number

function add(target: object, name: string, value: (...given: never[]) => unknown) {
  if (!(name in target)) Object.defineProperty(target, name, { value, writable: true, configurable: true })
}

add(Array.prototype, 'at', function (this: AnyArray, at: number) {
  return this[at < 0 ? this.length + Math.trunc(at) : Math.trunc(at)]
})
add(String.prototype, 'at', function (this: string, at: number) {
  return this[at < 0 ? this.length + Math.trunc(at) : Math.trunc(at)]
})
add(Array.prototype, 'toReversed', function (this: AnyArray) {
  return [...this].reverse()
})
add(Array.prototype, 'toSorted', function (this: AnyArray, compare?: Compare) {
  return [...this].sort(compare)
})
add(Array.prototype, 'toSpliced', function (this: AnyArray, start: number, count: number, ...items: AnyArray) {
  const copy = [...this]
  copy.splice(start, count, ...items)
  return copy
})
add(Array.prototype, 'with', function (this: AnyArray, at: number, value: unknown) {
  const copy = [...this]
  copy[at < 0 ? copy.length + at : at] = value
  return copy
})
add(Array.prototype, 'findLast', function (this: AnyArray, test: (item: unknown, at: number) => boolean) {
  for (let at = this.length - 1; at >= 0; at -= 1) if (test(this[at], at)) return this[at]
  return undefined
})
add(Array.prototype, 'findLastIndex', function (this: AnyArray, test: (item: unknown, at: number) => boolean) {
  for (let at = this.length - 1; at >= 0; at -= 1) if (test(this[at], at)) return at
  return -1
})
add(Object, 'hasOwn', (target: object, name: PropertyKey) => Object.prototype.hasOwnProperty.call(target, name))
add(Object, 'groupBy', (items: Iterable<unknown>, keyOf: (item: unknown, at: number) => PropertyKey) => {
  const groups = Object.create(null) as Record<PropertyKey, AnyArray>
  let at = 0
  for (const item of items) {
    const key = keyOf(item, at)
    at += 1
    groups[key] = [...(groups[key] ?? []), item]
  }
  return groups
})
