import { enableCompileCache, flushCompileCache } from 'node:module'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

const LOADED_MS = 1_000

// Plain JavaScript, since Node would load its whole TypeScript stripper for an entry that no cache can serve yet.
// Beside the packages, where only who may change the code can change its cache; it must be on before anything is loaded.
enableCompileCache(join(import.meta.dirname, '../node_modules/.cache/compiled'))
const { preferPacked } = await import('./packed.ts')
preferPacked()
const { startOrSay } = await import('./main.ts')
await startOrSay()
setTimeout(giveBack, LOADED_MS).unref()

/** Loading leaves forty megabytes of garbage that the engine would keep for ever in a process with little to do. */
function giveBack() {
  // A killed process writes no cache when it ends.
  flushCompileCache()
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc')
  if (typeof gc === 'function') gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })
}
