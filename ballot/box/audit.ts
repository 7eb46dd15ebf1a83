import type { BoxBatch, BoxSurvey } from '#contract/survey/ballotBox.ts'
import { canonical } from '#domain/base/canonical.ts'
import { type AudienceTally, satisfactionOf } from '#domain/survey/survey.ts'
import { digestOf, isSigned } from './keys.ts'

/** Totals of fewer ballots leave the box for nobody (rule 13). */
export const READ_FROM = 5

export interface AuditBody {
  format: 'yipin-ballots-1'
  survey: BoxSurvey
  opening: { survey: string; fingerprint: string; roster: string; batches: BoxBatch[]; digest: string }
  schools: {
    schoolId: string
    schoolName: string
    stage: string
    audiences: AudienceTally[]
    /** The satisfaction index in hundredths by rule 7; null where too few answered. */
    index: number | null
    checkCodes: string[]
  }[]
  /** `cast` is null where only one of several classes of an audience answered: its number would make the school's totals that class's. */
  batches: { id: string; issued: number; cast: number | null; void: boolean }[]
}

/** What is left of a tallied survey: enough to recompute every figure, nothing of a single ballot. */
export interface AuditFile extends AuditBody {
  seal: { digest: string; signature: string; publicKey: string }
  openingSignature: string
}

/**
 * Recomputes an audit file; answers every difference in Chinese, none when all is as it should be. Whoever changes a file can sign
 * it anew with a key of his own, so only the digest that the bureau `published` tells that it is the one of the box.
 */
export function differencesIn(file: AuditFile, published?: string): string[] {
  const { seal, openingSignature, ...body } = file
  const found: string[] = []
  if (published !== undefined && published.trim().toLowerCase() !== seal.digest)
    found.push('计票摘要与公布的不同：不是这次计票的文件，或者改动以后重新签过名。')
  if (digestOf(canonical(body)) !== seal.digest) found.push('内容与计票摘要不符：文件在计票以后被改动过。')
  if (!isSigned(seal)) found.push('计票摘要的签名不对。')
  const { digest, ...opening } = body.opening
  if (digestOf(canonical(opening)) !== digest) found.push('开始答题时封存的题目或名额与现在的不符。')
  if (!isSigned({ digest, signature: openingSignature, publicKey: seal.publicKey }))
    found.push('开始答题时的签名不对。')
  if (digestOf(canonical(body.survey.questionnaires)) !== opening.fingerprint) found.push('题目与冻结时的摘要不符。')
  const batchOf = new Map(body.batches.map((one) => [one.id, one]))
  for (const batch of body.batches)
    if (batch.cast !== null && batch.cast > batch.issued)
      found.push(`班级 ${batch.id} 收回的票（${batch.cast}）多于发出的编码（${batch.issued}）。`)
  for (const school of body.schools) found.push(...differencesOf(school, opening.batches, batchOf, body.survey))
  return found
}

function differencesOf(
  school: AuditBody['schools'][number],
  roster: readonly BoxBatch[],
  batchOf: ReadonlyMap<string, AuditBody['batches'][number]>,
  survey: BoxSurvey,
): string[] {
  const found: string[] = []
  const name = school.schoolName
  const own = roster.filter((one) => one.schoolId === school.schoolId)
  const all = school.audiences.reduce((sum, one) => sum + one.cast, 0)
  if (school.checkCodes.length !== all)
    found.push(`${name}：回执编码 ${school.checkCodes.length} 个，计入的票 ${all} 张，不相等。`)
  for (const tally of school.audiences) {
    const valid = own.filter((one) => one.audience === tally.audience && batchOf.get(one.id)?.void === false)
    const sum = (what: 'cast' | 'issued') => valid.reduce((total, one) => total + (batchOf.get(one.id)?.[what] ?? 0), 0)
    const told = valid.every((one) => batchOf.get(one.id)?.cast !== null)
    if (told && sum('cast') !== tally.cast)
      found.push(`${name}：有效班级的票合计 ${sum('cast')} 张，计票 ${tally.cast} 张。`)
    if (sum('issued') !== tally.issued)
      found.push(`${name}：有效班级的编码合计 ${sum('issued')} 个，计票时 ${tally.issued} 个。`)
    for (const { item, counts } of tally.items) {
      const total = Object.values(counts).reduce((left, right) => left + right, 0)
      if (total !== tally.cast) found.push(`${name}：第 ${item} 题各选项合计 ${total}，与票数 ${tally.cast} 不等。`)
    }
  }
  const { index } = satisfactionOf(school.stage, school.audiences, survey.minimum)
  if (index !== school.index)
    found.push(`${name}：满意度指数重算为 ${index ?? '样本不足'}，文件里是 ${school.index ?? '样本不足'}。`)
  return found
}
