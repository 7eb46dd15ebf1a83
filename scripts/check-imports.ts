import { globSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'

/** Who may import whom, held as data: a path prefix, and what files below it may import. The first row that fits counts. */
const table: { from: RegExp; may: RegExp[]; libraries?: 'none' | 'zod' | 'any' }[] = [
  { from: /\.test\.tsx?$|^tests\/|^scripts\/|^bench\//, may: [/./], libraries: 'any' },
  { from: /^domain\//, may: [/^domain\//], libraries: 'none' },
  { from: /^contract\//, may: [/^(domain|contract)\//], libraries: 'zod' },
  { from: /^server\/(kernel|db)\//, may: [/^(domain|contract)\//, /^server\/(kernel|db)\//], libraries: 'any' },
  {
    from: /^server\/portal\//,
    may: [/^(domain|contract)\//, /^server\/(portal|kernel|db)\//, /^portal-assets\//],
    libraries: 'any',
  },
  {
    from: /^server\/features\/[^/]+\/store\.ts$/,
    may: [/^(domain|contract)\//, /^server\/(kernel|db)\//, /^server\/features\/[^/]+\/store\.ts$/],
    libraries: 'any',
  },
  {
    from: /^server\/features\/[^/]+\/(actions|routes|pages|documents)\.ts$/,
    may: [
      /^(domain|contract)\//,
      /^server\/(kernel|db|portal)\//,
      /^server\/features\/[^/]+\/(store|actions|documents|pages)\.ts$/,
    ],
    libraries: 'any',
  },
  // Only where the process is put together do server and ballot box meet.
  { from: /^server\/[^/]+\.ts$/, may: [/^(domain|contract|server|ballot)\//], libraries: 'any' },
  {
    from: /^ballot\//,
    may: [/^ballot\//, /^contract\/ballotBox\.ts$/, /^domain\/(address|survey|canonical|refusal|score)\.ts$/],
    libraries: 'any',
  },
  { from: /^console\//, may: [/^(console|domain|contract|portal-assets)\//], libraries: 'any' },
  { from: /^portal-assets\//, may: [/^portal-assets\//], libraries: 'none' },
]

const vocabulary =
  /^server\/features\/[^/]+\/((store|actions|routes|pages|documents)\.ts|[\w-]+\.test\.ts|[\w-]+\.(csv|json))$/

/** Which feature writes which table; everybody may read. */
const owners: Record<string, string[]> = {
  access: ['person', 'account', 'roleGrant', 'activation', 'session', 'signInFailure', 'knownDevice', 'setting'],
  accountRequest: ['accountRequest'],
  organization: ['organization', 'department', 'school', 'zone', 'schoolGroup'],
  contact: ['contact'],
  cycle: ['cycle', 'standard', 'calendarYear'],
  file: ['file', 'evidence'],
  brand: ['brand', 'brandCategory', 'brandVersion'],
  argumentation: ['argumentation', 'argumentationVersion'],
  plan: ['plan'],
  planPart: ['task', 'budgetLine', 'promise', 'promiseOutcome'],
  comment: ['comment', 'commentAnswer'],
  ledger: ['entry', 'entryVersion', 'activityForm'],
  visit: ['visit'],
  supervision: ['inspection', 'inspectionSchool', 'finding'],
  rectification: ['rectification'],
  event: ['event', 'eventSchool', 'eventChange'],
  article: ['article', 'articleChange'],
  summary: ['summary'],
  application: ['application'],
  precondition: ['breach'],
  survey: ['survey', 'surveyResult'],
  surveyBatch: ['surveyBatch'],
  surveySchool: ['surveySchool', 'surveyClass'],
  surveyReport: ['surveyRemark'],
  panel: ['panel', 'panelReviewer'],
  sheet: ['scoreSheet', 'recusal'],
  review: ['surveyRuling', 'adjustment', 'disagreementRuling', 'result'],
  award: ['award', 'certificateVersion', 'certificateCounter'],
  decision: ['decision'],
  notice: ['notice'],
  revocation: ['revocation'],
  objection: ['objection', 'objectionStep', 'objectionReceipt'],
  recommendation: ['recommendation'],
}
const ownerOf = new Map(
  Object.entries(owners).flatMap(([feature, tables]) => tables.map((one) => [one, feature] as const)),
)

export interface Source {
  path: string
  text: string
}

/** Every breach, as `file:line what is wrong`. */
export function breachesIn(sources: readonly Source[]): string[] {
  return [
    ...sources.flatMap((source) => [...againstPlace(source), ...againstImports(source), ...againstWrites(source)]),
    ...circles(sources),
  ]
}

function againstPlace({ path }: Source): string[] {
  if (!path.startsWith('server/features/') || vocabulary.test(path)) return []
  return [`${path}:1 is outside the closed vocabulary of a feature (store actions routes pages documents)`]
}

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
  const feature = /^server\/features\/([^/]+)\//.exec(path)?.[1]
  if (!feature || path.endsWith('.test.ts')) return []
  return lines(text).flatMap(([line, number]) =>
    [...line.matchAll(/\.(insertInto|updateTable|deleteFrom)\('(\w+)'/g)].flatMap(([, , name = '']) => {
      const owner = ownerOf.get(name)
      if (owner === feature) return []
      return [`${path}:${number} writes ${name}, which ${owner ? `belongs to ${owner}` : 'no feature owns'}`]
    }),
  )
}

/** Features whose actions import each other in a circle. */
function circles(sources: readonly Source[]): string[] {
  const edges = new Map<string, Set<string>>()
  for (const source of sources) {
    const from = /^server\/features\/([^/]+)\/(?!.*\.test\.ts$)/.exec(source.path)?.[1]
    if (!from) continue
    for (const { target } of importsOf(source)) {
      const to = /^server\/features\/([^/]+)\/(actions|documents|pages)\.ts$/.exec(target)?.[1]
      if (to && to !== from) edges.set(from, (edges.get(from) ?? new Set()).add(to))
    }
  }
  const found: string[] = []
  const walk = (at: string, trail: string[]): void => {
    if (trail.includes(at)) {
      const circle = [...trail.slice(trail.indexOf(at)), at]
      if (circle[0] === circle.toSorted()[0]) found.push(`server/features: a circle of actions ${circle.join(' → ')}`)
      return
    }
    for (const next of edges.get(at) ?? []) walk(next, [...trail, at])
  }
  for (const start of edges.keys()) walk(start, [])
  return [...new Set(found)]
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
  const paths = globSync('{domain,contract,server,ballot,console,portal-assets,tests,scripts,bench}/**/*.{ts,tsx}')
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !/node_modules|console\/dist/.test(path))
  const breaches = breachesIn(paths.map((path) => ({ path, text: readFileSync(path, 'utf8') })))
  for (const breach of breaches) console.error(breach)
  if (breaches.length > 0) process.exit(1)
  console.log(`${paths.length} files keep to the import table`)
}
