import { existsSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** What `npm start` loads of packages before it can answer; a package that starts nothing stays out. */
export const PACKED: readonly string[] = [
  'kysely',
  'kysely/migration',
  'zod',
  'zod/v4/core',
  'fastify-type-provider-zod',
  'fastify',
  'pino',
  '@fastify/cookie',
  '@fastify/formbody',
  'helmet',
  '@fastify/multipart',
  'csv-parse/sync',
  'csv-stringify/sync',
]

/** Inside node_modules, so that it goes when the packages go. */
export const folder = fileURLToPath(new URL('../node_modules/.cache/packed/', import.meta.url))

/** The name of a packed package's file, without ending. */
export const fileOf = (name: string): string => name.replaceAll('/', '-')

/** From here on whoever imports one of these packages, other packages too, gets its packed file (decision 0011). */
export function preferPacked(): void {
  const urls = new Map(PACKED.map((name) => [name, pathToFileURL(`${folder}${fileOf(name)}.mjs`)]))
  if (![...urls.values()].every((url) => existsSync(url))) return
  registerHooks({
    resolve(specifier, context, next) {
      const url = context.conditions.includes('import') ? urls.get(specifier) : undefined
      return url ? { url: url.href, format: 'module', shortCircuit: true } : next(specifier, context)
    },
  })
}
