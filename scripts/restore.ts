import { restore } from '#server/restore.ts'
import { environmentWithFile, readSettings } from '#server/kernel/settings.ts'

/** `npm run restore -- FOLDER`: brings a backup back into an empty `DATA_DIR` (and an empty PostgreSQL where it came from one). */
async function main(): Promise<number> {
  process.umask(0o077)
  const settings = readSettings(environmentWithFile())
  const [folder, ...more] = process.argv.slice(2)
  if (!folder || more.length > 0) {
    console.error('用法：npm run restore -- 备份的文件夹')
    return 2
  }
  if ('mistakes' in settings) {
    for (const mistake of settings.mistakes) console.error(`设置有误：${mistake}`)
    return 1
  }
  try {
    const { database, ballot, files, takenAt } = await restore(settings, folder)
    const rows = Object.values(database.rows).reduce((sum, one) => sum + one, 0)
    console.log(`恢复完成：${takenAt} 的备份，数据库 ${rows} 行，文件 ${Object.keys(files).length} 个，逐项核对一致。`)
    if (ballot && !ballot.withKeys)
      console.log('注意：票箱的密钥不在备份里。请在启动以前把密钥文件夹（ballot-keys）放回原处。')
    return 0
  } catch (error) {
    console.error('恢复没有完成：', error instanceof Error ? error.message : error)
    return 1
  }
}

process.exitCode = await main()
