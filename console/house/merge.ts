/** Three versions of one form: what it began from, what stands in it, and what the server has now. */
type Fields = Record<string, unknown>

/** Names from the outside in; `#` and its id name a row of a list, which keeps its identity when others come and go. */
export type Path = readonly string[]

/** Changed here and elsewhere, differently: only the person can choose. */
export interface Conflict {
  path: Path
  mine: unknown
  theirs: unknown
}

export interface Merged {
  values: Fields
  /** What the values are to be compared with from now on; where both changed it stays the old one until one is chosen. */
  base: Fields
  conflicts: Conflict[]
  /** Where the newer words of somebody else were taken over. */
  taken: Path[]
}

type Found = Pick<Merged, 'conflicts' | 'taken'>

/** Own changes over newer words: what only one side changed is taken from it, what both changed is named. */
export function merge(base: Fields, mine: Fields, theirs: Fields): Merged {
  const found: Found = { conflicts: [], taken: [] }
  const [values, next] = mergeFields(found, [], [base, mine, theirs])
  return { values, base: next, ...found }
}

/** Blank is blank, however a form writes it. */
export function same(one: unknown, other: unknown): boolean {
  if (isBlank(one) || isBlank(other)) return isBlank(one) && isBlank(other)
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((item, at) => same(item, other[at]))
  if (isFields(one) && isFields(other)) return namesOf(one, other).every((name) => same(one[name], other[name]))
  return one === other
}

/** The fields with one place replaced; a row that is set to nothing goes. */
export function put(fields: Fields, path: Path, value: unknown): Fields {
  return putAt(fields, path, value) as Fields
}

/** Where a path stands now, as the form names its fields. */
export function placeOf(fields: Fields, path: Path): (string | number)[] {
  let here: unknown = fields
  return path.map((step) => {
    const name = Array.isArray(here) ? here.findIndex((row, at) => rowName(row, at) === step) : step
    here = (here as Fields | undefined)?.[name as string]
    return name
  })
}

type Three<T> = readonly [base: T, mine: T, theirs: T]

function mergeFields(found: Found, path: Path, [base, mine, theirs]: Three<Fields>): [Fields, Fields] {
  const values: Fields = {}
  const next: Fields = {}
  for (const name of namesOf(base, mine, theirs))
    [values[name], next[name]] = mergeOne(found, [...path, name], [base[name], mine[name], theirs[name]])
  return [values, next]
}

function mergeOne(found: Found, path: Path, three: Three<unknown>): [unknown, unknown] {
  const [base, mine, theirs] = three
  if (same(mine, theirs)) return [mine, theirs]
  if (same(base, mine)) {
    found.taken.push(path)
    return [theirs, theirs]
  }
  if (same(base, theirs)) return [mine, theirs]
  if (isFields(mine) && isFields(theirs)) return mergeFields(found, path, [isFields(base) ? base : {}, mine, theirs])
  const lists = three.map((one) => one ?? [])
  if (lists.every(areIds)) return mergeChosen(found, path, lists as unknown as Three<string[]>)
  if (lists.every((one) => Array.isArray(one))) {
    const rows = lists as unknown as Three<unknown[]>
    if (canMeet(rows)) return mergeRows(found, path, rows)
  }
  found.conflicts.push({ path, mine, theirs })
  return [mine, base]
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
const areIds = (list: unknown): boolean =>
  Array.isArray(list) && list.every((one) => typeof one === 'string' && ID.test(one))

/** Chosen people, schools or entries are a set: what either side added is in, what either side took out is out. */
function mergeChosen({ taken }: Found, path: Path, [base, mine, theirs]: Three<string[]>): [string[], string[]] {
  taken.push(path)
  const mineLeft = mine.filter((one) => theirs.includes(one) || !base.includes(one))
  const theirsNew = theirs.filter((one) => !base.includes(one) && !mine.includes(one))
  return [[...mineLeft, ...theirsNew], theirs]
}

const hasId = (row: unknown): row is { id: string } => isFields(row) && typeof row['id'] === 'string'

const rowName = (row: unknown, at: number): string => (hasId(row) ? `#${row.id}` : `${at}`)

/** Rows meet by their ids; answers in a fixed order meet by their place. */
function canMeet([base, mine, theirs]: Three<unknown[]>): boolean {
  if (base.every(hasId) && theirs.every(hasId)) return mine.every(isFields)
  return ![...base, ...mine, ...theirs].some(hasId) && base.length === mine.length && mine.length === theirs.length
}

function mergeRows(found: Found, path: Path, three: Three<unknown[]>): [unknown[], unknown[]] {
  const placed = !three.flat().some(hasId)
  const named = three.map((rows, which) => byName(rows, placed ? '' : `new${which}.`))
  const [base, mine, theirs] = named as unknown as Three<Map<string, unknown>>
  const common = (one: Map<string, unknown>, other: Map<string, unknown>) =>
    [...one.keys()].filter((key) => other.has(key))
  const reordered = !same(common(base, theirs), common(theirs, base))
  const order = new Set(reordered ? [...theirs.keys(), ...mine.keys()] : [...mine.keys(), ...theirs.keys()])
  const values: unknown[] = []
  const next = new Map<string, unknown>()
  for (const name of [...order, ...base.keys()].filter((one, at, all) => all.indexOf(one) === at)) {
    const [value, from] = mergeOne(found, [...path, name], [base.get(name), mine.get(name), theirs.get(name)])
    if (value !== undefined) values.push(value)
    if (from !== undefined) next.set(name, from)
  }
  return [values, [...next.values()]]
}

// A row that was just added has no id yet: it is one's own, whatever stands at its place elsewhere.
const byName = (rows: unknown[], without: string): Map<string, unknown> =>
  new Map(rows.map((row, at) => [hasId(row) ? rowName(row, at) : `${without}${at}`, row]))

function putAt(here: unknown, path: Path, value: unknown): unknown {
  const [step, ...rest] = path
  if (step === undefined) return value
  if (!Array.isArray(here)) {
    const fields = isFields(here) ? here : {}
    return { ...fields, [step]: putAt(fields[step], rest, value) }
  }
  const at = here.findIndex((row, index) => rowName(row, index) === step)
  const row = putAt(at < 0 ? undefined : here[at], rest, value)
  if (at < 0) return row === undefined ? here : [...here, row]
  return here.flatMap((one, index) => (index === at ? (row === undefined ? [] : [row]) : [one]))
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isBlank = (value: unknown): boolean =>
  value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0)

const namesOf = (...all: Fields[]): string[] => [...new Set(all.flatMap((one) => Object.keys(one)))]
