import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { openBallotApp } from './voting/app.ts'
import { openBox } from './box/box.ts'
import { openControl } from './office/control.ts'
import { closed, makeFolder, watchParent } from './box/folders.ts'
import { printKit, printPaper } from './office/print.ts'
import { environment, readBallotSettings } from './settings.ts'

/** The ballot box as a process of its own (`npm run ballot`), so that another user of the machine can own its files and keys. */
async function start(): Promise<void> {
  const settings = readBallotSettings(environment())
  if ('mistakes' in settings) {
    for (const mistake of settings.mistakes) console.error(`设置有误：${mistake}`)
    process.exit(1)
  }
  const { folder, databaseUrl, keyFolder, newKey, publicUrl, trustProxy, hsts, secret, port, controlPort, host } =
    settings
  for (const line of closeToOthers(folder)) console.error(line)
  const failed = (error: unknown) => console.error(error)
  const print = { kit: printKit, paper: printPaper }
  const box = await openBox({ folder, databaseUrl, keyFolder, newKey, publicUrl, failed, print })
  const app = await openBallotApp(box.voting, { publicUrl, trustProxy, hsts, failed })
  const control = openControl(box, secret, failed)
  await control.listen({ port: controlPort, host })
  const address = await app.listen({ port, host })
  console.log(`票箱已启动：${address}/t`)
  for (const line of [...(await box.troubles()), ...(await box.hints())]) console.error(`注意：${line}`)
  let stopping = false
  const stop = async () => {
    if (stopping) return
    stopping = true
    await app.close()
    await control.close()
    await box.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  watchParent(() => void stop())
}

/** Nobody else of the machine may look into the box's folder; answers what could not be closed. */
function closeToOthers(folder: string): string[] {
  process.umask(0o077)
  makeFolder(folder, 'BALLOT_DATA_DIR')
  if (process.platform === 'win32') return []
  const files = readdirSync(folder).filter((name) => /^ballot\.db(-wal|-shm)?$/.test(name))
  const open = [folder, ...files.map((name) => join(folder, name))].filter((one) => !closed(one))
  return open.map((one) => `注意：${one} 对本机其他用户开放，改不了权限。请改为只有票箱的用户能读写。`)
}

try {
  await start()
} catch (error) {
  console.error('票箱启动失败：', error instanceof Error ? error.message : error)
  process.exit(1)
}
