import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'
import { rooms } from './floorPlan.ts'

/** What changes the process for everybody in it, or measures it. */
const keepsAlone =
  /faultInjection\.ts|process\.env\[[^\]]+\] =|\bmock\.|child_process|effort\.ts|process\.(on|once|kill|chdir)\b/

/**
 * Test files that share a process, a room at a time: loading the product takes longer than most of their tests. The runner is given a
 * file that imports them; it still tells of each test in which file it stands.
 */
export function together(files: readonly string[], title: string): string[] {
  const groups = new Map<string, string[]>()
  const alone: string[] = []
  for (const file of files) {
    const [floor = '', room = ''] = file.split(sep)
    const shares = floor === 'server' ? rooms.some((one) => one === room) : /^(domain|console|contract)$/.test(floor)
    if (!shares || keepsAlone.test(readFileSync(file, 'utf8'))) alone.push(file)
    else {
      const key = floor === 'server' ? `${floor}-${room}` : floor
      groups.set(key, [...(groups.get(key) ?? []), file])
    }
  }
  const folder = join('node_modules', '.cache', 'tests')
  mkdirSync(folder, { recursive: true })
  const shared = [...groups].map(([key, inside]) => {
    const path = resolve(folder, `${title.replaceAll(' ', '-')}-${key}.test.mjs`)
    writeFileSync(path, inside.map((file) => `import '${pathToFileURL(resolve(file)).href}'\n`).join(''))
    return { path, size: inside.length }
  })
  // The long ones begin first, then the rooms with the most files.
  return [...alone, ...shared.toSorted((one, other) => other.size - one.size).map((one) => one.path)]
}
