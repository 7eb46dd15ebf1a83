// Joins the packages that a start loads into a few files: their six hundred modules cost more to find than to run (decision 0011).
import { rmSync } from 'node:fs'
import { type Plugin, rolldown } from 'rolldown'
import { fileOf, folder, PACKED } from '../server/packed.ts'

const MARK = 'packed:'
const WHOLE = 'module.exports'

/** Only a CommonJS package gives itself as a whole, and only once it runs does it tell the names its importers ask for. */
const exportsOf = new Map<string, readonly string[]>()
for (const name of PACKED) exportsOf.set(name, Object.keys(await import(name)))
const namesOf = (name: string): readonly string[] => exportsOf.get(name) ?? []

const namedExports: Plugin = {
  name: 'named-exports',
  resolveId: (id) => (id.startsWith(MARK) ? id : undefined),
  load(id) {
    if (!id.startsWith(MARK)) return undefined
    const name = id.slice(MARK.length)
    const names = namesOf(name).filter((one) => one !== 'default' && one !== WHOLE)
    return `import whole from '${name}'\nexport default whole\nexport const { ${names.join(', ')} } = whole\n`
  },
}

const inputs = PACKED.map((name) => [fileOf(name), namesOf(name).includes(WHOLE) ? MARK + name : name])

rmSync(folder, { recursive: true, force: true })
const bundle = await rolldown({
  input: Object.fromEntries(inputs),
  platform: 'node',
  external: [/^node:/, '@fastify/swagger', 'openapi-types'],
  plugins: [namedExports],
})
await bundle.write({
  dir: folder,
  format: 'esm',
  entryFileNames: '[name].mjs',
  chunkFileNames: '[name]-[hash].mjs',
})
