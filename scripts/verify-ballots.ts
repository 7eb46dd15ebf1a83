import { readFileSync } from 'node:fs'
import { type AuditFile, differencesIn } from '#ballot/box/audit.ts'
import { audienceLabels } from '#domain/survey/survey.ts'

/** Recomputes an exported audit file on any machine: it needs neither the server nor the ballot box. */
function main(path: string | undefined, published: string | undefined): number {
  if (!path) {
    console.error('用法：npm run verify-ballots -- 核验文件.json [公布的计票摘要]')
    return 2
  }
  const file = read(path)
  if (typeof file === 'string') {
    console.error(file)
    return 2
  }
  const differences = check(file, published)
  if (differences === null) {
    console.error('文件缺少内容，不是票箱导出的原文件。')
    return 2
  }
  console.log(`${file.survey.title}${file.survey.rehearsal ? '（演练，不计入结果）' : ''}`)
  for (const school of file.schools) {
    const counts = school.audiences.map((one) => `${audienceLabels[one.audience]} ${one.cast}/${one.issued}`).join('，')
    const index = school.index === null ? '样本不足' : (school.index / 100).toFixed(2)
    console.log(`${school.schoolName}：指数 ${index}（${counts}），回执编码 ${school.checkCodes.length} 个`)
  }
  console.log(`计票摘要 ${file.seal.digest}`)
  console.log(`票箱公钥 ${file.seal.publicKey}`)
  if (differences.length === 0) {
    console.log(`核验通过：${file.schools.length} 所学校的票数、各题合计、指数、摘要和签名都与文件一致。`)
    console.log(
      published === undefined
        ? '请再把上面的计票摘要和公钥与门户公布的对照：不相同的，是改动以后重新签过名的文件。'
        : '计票摘要与给出的公布摘要相同。',
    )
    return 0
  }
  for (const one of differences) console.error(`不一致：${one}`)
  return 1
}

function check(file: AuditFile, published: string | undefined): string[] | null {
  try {
    return differencesIn(file, published)
  } catch {
    return null
  }
}

function read(path: string): AuditFile | string {
  try {
    const file = JSON.parse(readFileSync(path, 'utf8')) as AuditFile
    return file.format === 'yipin-ballots-1' ? file : '这不是满意度测评的核验文件。'
  } catch (error) {
    return `读不了 ${path}：${error instanceof Error ? error.message : String(error)}`
  }
}

process.exit(main(process.argv[2], process.argv[3]))
