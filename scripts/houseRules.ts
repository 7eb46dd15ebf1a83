import { dirname, join, posix } from 'node:path'
import { stillTwice } from './stillOpen.ts'

export interface Source {
  path: string
  text: string
}

/** Rules of the house that need more than a list of imports, each breach with what to do about it. */
export const againstHouseRules = (sources: readonly Source[]): string[] => [
  ...sources.flatMap((source) => [...againstSql(source), ...againstBareVerbs(source)]),
  ...againstTwins(sources),
  ...againstDeadExports(sources),
]

/** Entries of the lists of what is still open that could go, because the rule holds there by now. */
export function needless(sources: readonly Source[]): string[] {
  const twice = [...placesOfTypes(sources)].flatMap(([name, places]) => (places.length > 1 ? [name] : []))
  return stillTwice
    .filter((one) => !twice.includes(one))
    .map((one) => `scripts/stillOpen.ts:1 ${one} is no exception any more: take it off its list`)
}

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)
const inSubject = /^server\/(?!kernel\/|db\/|portal\/)[a-z]\w*\/(?:\w+\/)?(\w+)\.ts$/i

function againstSql({ path, text }: Source): string[] {
  const file = inSubject.exec(path)?.[1]
  if (!file || isTest(path)) return []
  const found = (pattern: RegExp, what: string): string[] =>
    [...text.matchAll(pattern)].map((match) => `${path}:${lineAt(text, match.index)} ${what}`)
  const writes = /\.(?:insertInto|updateTable|deleteFrom)\(/g
  return [
    ...(file === 'writes'
      ? []
      : found(writes, 'writes to the database: move it to a function of the subject’s writes.ts')),
    ...(file === 'actions' || file === 'routes'
      ? found(/\bselectFrom\(/g, 'reads the database: move it to a function of the subject’s queries.ts')
      : []),
  ]
}

/** An action is called by what it does and to what: `submitApplication`, never `submit`. */
function againstBareVerbs({ path, text }: Source): string[] {
  if (!/^server\/\w+\/(?:\w+\/)?actions\.ts$/.test(path)) return []
  return [...text.matchAll(/^export (?:async )?(?:function|const) (\w+)/gm)].flatMap(({ index, 1: name = '' }) =>
    /^[a-z]+[A-Z]/.test(name)
      ? []
      : [
          `${path}:${lineAt(text, index)} ${name} is no verb with its object: name what it acts on, like submitApplication`,
        ],
  )
}

/** The floors that speak of the same programme; the ballot box and the tests have words of their own. */
const ONE_LANGUAGE = /^(domain|contract|server|console)\//

/** One word means one thing: an exported type is declared in one place. */
const againstTwins = (sources: readonly Source[]): string[] =>
  [...placesOfTypes(sources)].flatMap(([name, [first = '', ...more]]) =>
    more.length === 0 || stillTwice.includes(name)
      ? []
      : [
          `${first} the type ${name} is declared again at ${more.join(', ')}: import the one, or give each its own name`,
        ],
  )

function placesOfTypes(sources: readonly Source[]): Map<string, string[]> {
  const places = new Map<string, string[]>()
  for (const { path, text } of sources) {
    if (!ONE_LANGUAGE.test(path) || isTest(path)) continue
    for (const { index, 1: name = '' } of text.matchAll(/^export (?:interface|type) (\w+)/gm))
      places.set(name, [...(places.get(name) ?? []), `${path}:${lineAt(text, index)}`])
  }
  return places
}

/** What no other file imports needs no `export`; a type may still be a part of one that is imported. */
function againstDeadExports(sources: readonly Source[]): string[] {
  const used = usesIn(sources)
  return sources.flatMap(({ path, text }) => {
    // Migrations are found by their file names.
    if (isTest(path) || path.startsWith('server/db/migrations/') || used.has(path)) return []
    return [...text.matchAll(EXPORTED)].flatMap(({ index, 1: kind = '', 2: name = '' }) => {
      if (used.has(`${path} ${name}`)) return []
      if (/interface|type/.test(kind) && (text.match(new RegExp(`\\b${name}\\b`, 'g')) ?? []).length > 1) return []
      return [`${path}:${lineAt(text, index)} nobody imports ${name}: drop the word export, or all of it if it is dead`]
    })
  })
}

const EXPORTED = /^export (?:async )?(function\*?|const|let|interface|type|class) (\w+)/gm
const FROM = /^(?:import|export)\s+(?:type\s+)?(?:\w+\s*,?\s*)?(?:\{([^}]*)\}|\*(?: as \w+)?)?\s*from\s+'([^']+)'/gm
const DYNAMIC = /\bimport\('([^']+)'\)(?:\.(\w+))?/g

/** `path name` for each name that is imported, and the path alone where a file is imported as a whole. */
function usesIn(sources: readonly Source[]): Set<string> {
  const used = new Set<string>()
  for (const { path, text } of sources) {
    for (const [, names, from = ''] of text.matchAll(FROM)) {
      const target = targetOf(path, from)
      if (names === undefined) used.add(target)
      for (const one of names?.split(',') ?? [])
        used.add(
          `${target} ${
            one
              .trim()
              .replace(/^type /, '')
              .split(' as ')[0]
          }`,
        )
    }
    for (const [, from = '', name] of text.matchAll(DYNAMIC))
      used.add(name ? `${targetOf(path, from)} ${name}` : targetOf(path, from))
  }
  return used
}

const targetOf = (path: string, from: string): string =>
  from.startsWith('#') ? from.slice(1) : posix.normalize(join(dirname(path), from).replaceAll('\\', '/'))

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length
