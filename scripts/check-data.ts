import { openHouse } from '#server/main.ts'
import { environmentWithFile, readSettings } from '#server/kernel/settings.ts'
import { checkInvariants } from '#tests/invariants.ts'

const SHOWN = 20

/** Checks the data of an installation, running or not, and says what is wrong; ends with 1 when something is. */
async function checkData(): Promise<number> {
  const settings = readSettings(environmentWithFile())
  if ('mistakes' in settings) {
    for (const mistake of settings.mistakes) console.error(`设置有误：${mistake}`)
    return 1
  }
  const house = await openHouse({ ...settings, logLevel: 'warn' })
  const checks = await checkInvariants(house)
  await house.database.close()
  for (const { name, breaches } of checks) {
    console.log(`${breaches.length === 0 ? '正常' : '有误'}  ${name}`)
    for (const breach of breaches.slice(0, SHOWN)) console.log(`      ${breach}`)
    if (breaches.length > SHOWN) console.log(`      另有 ${breaches.length - SHOWN} 处`)
  }
  const broken = checks.filter((check) => check.breaches.length > 0).length
  console.log(broken === 0 ? '数据完好。' : `有 ${broken} 项不对，请先停用系统并从备份核对。`)
  return broken === 0 ? 0 : 1
}

process.exitCode = await checkData()
