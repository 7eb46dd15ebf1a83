import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { closed, makeFolder } from '#ballot/box/folders.ts'
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
    ...[dataDir, before].filter(existsSync).filter((one) => !closed(one)),
    ...files.filter((one) => !closed(one)),
  ]
  return open.map((one) => `注意：${one} 对本机其他用户开放，改不了权限。请改为只有运行系统的用户能读写。`)
}
