import { mkdirSync } from 'node:fs'
import { openBallotApp } from './app.ts'
import { openBox } from './box.ts'
import { openControl } from './control.ts'
import { printKit, printPaper } from './print.ts'
import { environment, readBallotSettings } from './settings.ts'

/** The ballot box as a process of its own (`npm run ballot`), so that another user of the machine can own its files and keys. */
async function start(): Promise<void> {
  const settings = readBallotSettings(environment())
  if ('mistakes' in settings) {
    for (const mistake of settings.mistakes) console.error(`设置有误：${mistake}`)
    process.exit(1)
  }
  const { folder, databaseUrl, keyFolder, newKey, publicUrl, trustProxy, secret, port, controlPort, host } = settings
  mkdirSync(folder, { recursive: true })
  const failed = (error: unknown) => console.error(error)
  const print = { kit: printKit, paper: printPaper }
  const box = await openBox({ folder, databaseUrl, keyFolder, newKey, publicUrl, failed, print })
  const app = await openBallotApp(box.desk, { publicUrl, trustProxy, failed })
  const control = openControl(box, secret, failed)
  await control.listen({ port: controlPort, host })
  const address = await app.listen({ port, host })
  console.log(`票箱已启动：${address}/t`)
  const stop = async () => {
    await app.close()
    await control.close()
    await box.close()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
}

try {
  await start()
} catch (error) {
  console.error('票箱启动失败：', error instanceof Error ? error.message : error)
  process.exit(1)
}
