import { backUp } from '#server/backup.ts'
import { environmentWithFile, readSettings } from '#server/kernel/settings.ts'

/** `npm run backup -- FOLDER [--with-ballot-keys]`: copies a running installation. */
async function main(): Promise<number> {
  process.umask(0o077)
  const settings = readSettings(environmentWithFile())
  const [folder, ...more] = process.argv.slice(2).filter((one) => !one.startsWith('--'))
  const flags = process.argv.slice(2).filter((one) => one.startsWith('--'))
  if (!folder || more.length > 0 || flags.some((one) => one !== '--with-ballot-keys')) {
    console.error('用法：npm run backup -- 新文件夹 [--with-ballot-keys]')
    return 2
  }
  if ('mistakes' in settings) {
    for (const mistake of settings.mistakes) console.error(`设置有误：${mistake}`)
    return 1
  }
  try {
    const withKeys = flags.includes('--with-ballot-keys')
    const { manifest, hints } = await backUp(settings, folder, { withKeys, now: new Date() })
    const rows = Object.values(manifest.database.rows).reduce((sum, one) => sum + one, 0)
    const files = Object.keys(manifest.files).filter((one) => one.startsWith('files/')).length
    console.log(`备份完成：${folder}，数据库 ${rows} 行，文件 ${files} 个${manifest.ballot ? '，含票箱数据库' : ''}。`)
    for (const hint of hints) console.log(`注意：${hint}`)
    return 0
  } catch (error) {
    console.error('备份没有完成：', error instanceof Error ? error.message : error)
    return 1
  }
}

process.exitCode = await main()
