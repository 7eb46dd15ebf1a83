import { openHouse } from '#server/main.ts'
import { buildDemo } from '#demo/bureau.ts'
import { playedRespondents } from '#server/respondents.ts'
import { Problem } from '#server/kernel/problem.ts'
import { environmentWithFile, readSettings } from '#server/kernel/settings.ts'

const WIDTH = 14

/** Fills an empty installation with a demonstration year and says who can sign in. */
async function demo(): Promise<number> {
  const settings = readSettings(environmentWithFile())
  if ('mistakes' in settings) {
    for (const mistake of settings.mistakes) console.error(`设置有误：${mistake}`)
    return 1
  }
  const started = performance.now()
  const house = await openHouse({ ...settings, logLevel: 'warn' })
  try {
    const { signIns, password } = await buildDemo(house, {
      respondents: playedRespondents(house.ballot),
      log: (line) => console.log(line),
    })
    console.log(`\n演示数据已备好，用时 ${Math.round((performance.now() - started) / 1000)} 秒。可以这样登录：`)
    for (const { loginName, role, name } of signIns) console.log(`  ${loginName.padEnd(WIDTH)}${role}　${name}`)
    console.log(`  密码都是      ${password}`)
    return 0
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    console.error(error.reasons.map((one) => one.message).join('\n'))
    return 1
  } finally {
    await house.ballot.close()
    await house.database.close()
  }
}

process.exitCode = await demo()
