import { globSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { owners, rooms, shared, table, vocabulary } from './floorPlan.ts'
import { againstHouseRules, type Source } from './houseRules.ts'

const ownerOf = new Map(
  Object.entries(owners).flatMap(([subject, tables]) => tables.map((one) => [one, subject] as const)),
)

/** Every breach, as `file:line what is wrong`. */
export function breachesIn(sources: readonly Source[]): string[] {
  return [
    ...sources.flatMap((source) => [...againstPlace(source), ...againstImports(source), ...againstWrites(source)]),
    ...circles(sources),
    ...againstHouseRules(sources),
  ]
}

function againstPlace({ path }: Source): string[] {
  const [floor = '', folder = '', ...rest] = path.split('/')
  const beside = shared[floor]
  if (!beside || rest.length === 0) return []
  if (!beside.includes(folder) && !isRoom(folder) && !(floor === 'console' && folder === 'dist'))
    return [`${path}:1 stands in no room: move it to one of ${rooms.join(', ')}`]
  if (floor !== 'server' || (!isRoom(folder) && folder !== 'home') || vocabulary.test(path)) return []
  return [
    `${path}:1 has a name outside the vocabulary: a subject holds queries, writes, actions, views, routes, pages, documents and tests`,
  ]
}

const isRoom = (folder: string): boolean => rooms.some((one) => one === folder)

function againstImports(source: Source): string[] {
  const row = table.find((one) => one.from.test(source.path))
  if (!row) return [`${source.path}:1 stands in no folder of the import table`]
  return importsOf(source).flatMap(({ target, line, library }) => {
    if (library) {
      const free = row.libraries === 'any' || (row.libraries === 'zod' && library === 'zod')
      return free ? [] : [`${source.path}:${line} may not use the library ${library}`]
    }
    return row.may.some((allowed) => allowed.test(target)) ? [] : [`${source.path}:${line} may not import ${target}`]
  })
}

function againstWrites({ path, text }: Source): string[] {
  const [floor, folder = '', subject = ''] = path.split('/')
  if (floor !== 'server' || !isRoom(folder) || path.endsWith('.test.ts')) return []
  return lines(text).flatMap(([line, number]) =>
    [...line.matchAll(/\.(insertInto|updateTable|deleteFrom)\('(\w+)'/g)].flatMap(([, , name = '']) => {
      const owner = ownerOf.get(name)
      if (owner === `${folder}/${subject}`) return []
      return [`${path}:${number} writes ${name}, which ${owner ? `belongs to ${owner}` : 'no subject owns'}`]
    }),
  )
}

/** Rooms of one floor that need each other in a circle: a room is understood, tested and changed alone. */
function circles(sources: readonly Source[]): string[] {
  return Object.keys(shared).flatMap((floor) => circlesOn(floor, sources))
}

function circlesOn(floor: string, sources: readonly Source[]): string[] {
  const edges = new Map<string, Map<string, string>>()
  for (const source of sources) {
    const from = source.path.split('/')
    if (from[0] !== floor || !isRoom(from[1] ?? '') || source.path.includes('.test.')) continue
    for (const { target, line } of importsOf(source)) {
      const [there, to = ''] = target.split('/')
      if (there !== floor || !isRoom(to) || to === from[1]) continue
      const known = edges.get(from[1] ?? '') ?? new Map<string, string>()
      if (!known.has(to)) known.set(to, `${source.path}:${line}`)
      edges.set(from[1] ?? '', known)
    }
  }
  const found = [...edges.keys()].flatMap((start) => {
    const circle = wayBack(start, edges)
    // Told once, by the room that comes first in the alphabet.
    if (!circle || circle.toSorted()[0] !== start) return []
    const steps = circle.map((room, at) => edges.get(room)?.get(circle[at + 1] ?? start))
    return [`${floor}: a circle of rooms ${[...circle, start].join(' → ')} (${steps.join(', ')})`]
  })
  return found
}

/** The shortest way from a room over others back to itself, if there is one. */
function wayBack(start: string, edges: Map<string, Map<string, string>>): string[] | undefined {
  const trails = [[start]]
  const seen = new Set<string>()
  for (const trail of trails)
    for (const next of edges.get(trail.at(-1) ?? '')?.keys() ?? []) {
      if (next === start) return trail
      if (seen.has(next)) continue
      seen.add(next)
      trails.push([...trail, next])
    }
  return undefined
}

function importsOf({ path, text }: Source): { target: string; line: number; library?: string }[] {
  return lines(text).flatMap(([line, number]) => {
    const name = /(?:^import|^export|^\} from|\bimport\()\s*(?:.*?from\s*)?\(?['"]([^'"]+)['"]/.exec(line)?.[1]
    if (!name || !/from ['"]|^import ['"]|import\(/.test(line) || name.startsWith('node:')) return []
    if (name.startsWith('#')) return [{ target: name.slice(1), line: number }]
    if (name.startsWith('.'))
      return [{ target: posix.normalize(join(dirname(path), name).replaceAll('\\', '/')), line: number }]
    return [{ target: name, line: number, library: name }]
  })
}

const lines = (text: string): [string, number][] => text.split('\n').map((line, at) => [line, at + 1])

if (import.meta.main) {
  const paths = globSync(
    '{domain,contract,server,ballot,console,demo,portal-assets,tests,scripts,bench}/**/*.{ts,tsx,mjs}',
  )
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/node_modules|console\/dist/.test(path))
  const sources = paths.map((path) => ({ path, text: readFileSync(path, 'utf8') }))
  const breaches = breachesIn(sources)
  for (const breach of breaches) console.error(breach)
  if (breaches.length > 0) process.exit(1)
  console.log(`${paths.length} files keep to the floor plan and the rules of the house`)
}
