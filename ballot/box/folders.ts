import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname, parse, resolve, sep } from 'node:path'

/** Closes a file or folder to everybody but its owner; answers whether it is closed. */
export function closed(path: string): boolean {
  try {
    if ((statSync(path).mode & 0o077) === 0) return true
    chmodSync(path, statSync(path).isDirectory() ? 0o700 : 0o600)
    return (statSync(path).mode & 0o077) === 0
  } catch {
    return false
  }
}

/** One level after the other: asked for all at once, Node tries for ever where nothing can be made (`/proc`). */
export function makeFolder(path: string, setting = 'DATA_DIR'): void {
  const full = resolve(path)
  if (existsSync(full) || full === parse(full).root) return
  makeFolder(dirname(full), setting)
  try {
    mkdirSync(full, { mode: 0o700 })
  } catch (error) {
    if (existsSync(full)) return
    const told = error instanceof Error ? error.message : String(error)
    throw new Error(`数据文件夹 ${path} 建不了（${told}）。请核对 ${setting}。`, { cause: error })
  }
}

/** Whether one lies in the other, so that whoever copies a folder has both. */
export function oneTree(one: string, other: string): boolean {
  const [a, b] = [`${resolve(one)}${sep}`, `${resolve(other)}${sep}`]
  return a.startsWith(b) || b.startsWith(a)
}

const PARENT_MS = 1_000
/** Read at once: npm may be gone before the start is through. */
const PARENT = process.ppid

/** npm ends when it is asked to stop and does not always pass it on; without its parent the process would go on and keep the port. */
export function watchParent(stop: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return
  setInterval(() => {
    if (process.ppid !== PARENT) stop()
  }, PARENT_MS).unref()
}
