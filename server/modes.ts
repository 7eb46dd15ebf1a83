import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs'
import { dirname, join, parse, resolve } from 'node:path'
import type { Settings } from './kernel/settings.ts'

const OURS = /^(yipin|ballot)\.db(-wal|-shm)?$/

/** Makes the data folder and lets nobody else of the machine into it; answers what could not be done, in words. */
export function closeToOthers({ dataDir }: Pick<Settings, 'dataDir'>): string[] {
  process.umask(0o077)
  makeFolder(dataDir)
  if (process.platform === 'win32') return []
  const before = join(dataDir, 'before-upgrade')
  const files = [
    ...readdirSync(dataDir)
      .filter((name) => OURS.test(name))
      .map((name) => join(dataDir, name)),
    ...(existsSync(before) ? readdirSync(before).map((name) => join(before, name)) : []),
  ]
  const open = [
    ...[dataDir, before].filter(existsSync).filter((one) => !closed(one, 0o700)),
    ...files.filter((one) => !closed(one, 0o600)),
  ]
  return open.map((one) => `注意：${one} 对本机其他用户开放，改不了权限。请改为只有运行系统的用户能读写。`)
}

function closed(path: string, mode: number): boolean {
  try {
    if ((statSync(path).mode & 0o077) === 0) return true
    chmodSync(path, statSync(path).isDirectory() ? 0o700 : mode)
    return (statSync(path).mode & 0o077) === 0
  } catch {
    return false
  }
}

/** One level after the other: asked for all at once, Node tries for ever where nothing can be made (`/proc`). */
export function makeFolder(path: string): void {
  const full = resolve(path)
  if (existsSync(full) || full === parse(full).root) return
  makeFolder(dirname(full))
  try {
    mkdirSync(full, { mode: 0o700 })
  } catch (error) {
    if (existsSync(full)) return
    throw new Error(
      `数据文件夹 ${path} 建不了（${error instanceof Error ? error.message : String(error)}）。请核对 DATA_DIR。`,
      {
        cause: error,
      },
    )
  }
}
