import { disagreementsOf } from '#domain/review/computing.ts'
import { allowedScores, type ScoredMethod } from '#domain/review/sheet.ts'
import { linesOf, methodLabels, scoredMethods, type Standard } from '#domain/year/standard.ts'
import { conferAwards } from '#server/award/certificate/actions.ts'
import { confirmDecision, decideResult } from '#server/award/decision/actions.ts'
import { standingDecision } from '#server/award/decision/queries.ts'
import { composeNotice, endNotice, postNotice, saveNoticeText } from '#server/award/notice/actions.ts'
import { moveObjection, objectTo } from '#server/award/objection/actions.ts'
import { moveRecommendation, selectRecommendation } from '#server/award/recommendation/actions.ts'
import { listRanked, readQuota } from '#server/award/certificate/queries.ts'
import { readCycle, readStandard } from '#server/year/cycle/queries.ts'
import type { Story } from '#demo/story.ts'
import { assignSheets, makePanel } from '#server/review/panel/actions.ts'
import { addAdjustment, ruleDisagreement, ruleSurvey } from '#server/review/input/actions.ts'
import { computeResult, moderateResult, sealResult } from '#server/review/result/actions.ts'
import { findNotice } from '#server/award/notice/queries.ts'
import { readInputs } from '#server/review/input/queries.ts'
import { bodyOf, latestResult } from '#server/review/result/queries.ts'
import { declareSheet, recuseSheet, returnSheet, submitSheet } from '#server/review/sheet/actions.ts'

export interface Judging {
  officeId: string
  /** The office's second person, who moderates what the first computed. */
  deputyId: string
  leaderId: string
  cycleId: string
  /** Two groups of reviewers; both score by every method. */
  groups: readonly (readonly string[])[]
}

/** Plans the review and the naming, from the panels to the certificates. */
export function tellReview(story: Story, judging: Judging): void {
  story.on('2026-11-02', '08:40', () => handOut(story, judging))
  story.on('2026-11-03', '09:00', () => scoreAll(story, judging, 0))
  story.on('2026-11-04', '09:00', () => scoreAll(story, judging, 1))
  story.on('2026-11-05', '09:30', () => giveOneBack(story, judging))
  story.on('2026-11-05', '15:00', () => enterPoints(story, judging))
  story.on('2026-11-06', '10:00', () => finishResult(story, judging))
  story.on('2026-11-09', '09:00', () => announceNotice(story, judging))
  story.on('2026-11-17', '09:00', () => closeNotice(story, judging))
  story.on('2026-11-18', '10:00', () => conferAll(story, judging))
}

const reader = (story: Story) => story.house.database.reader

async function handOut(story: Story, { officeId, groups }: Judging): Promise<void> {
  for (const method of scoredMethods as ScoredMethod[])
    for (const [at, reviewerIds] of groups.entries()) {
      const name = `${methodLabels[method]}第${at === 0 ? '一' : '二'}组`
      const panel = { method, name, reviewerIds: [...reviewerIds] }
      const { id } = await story.as(officeId, (work) => makePanel(work, panel))
      await story.as(officeId, (work) => assignSheets(work, id))
    }
}

async function standardOf(story: Story, cycleId: string): Promise<Standard> {
  const cycle = await readCycle(reader(story), cycleId)
  return (await readStandard(reader(story), cycle.standardId ?? '')).body
}

const openSheets = (story: Story, reviewerIds: readonly string[]) =>
  reader(story)
    .selectFrom('scoreSheet')
    .select(['id', 'method', 'reviewerId', 'applicationId', 'updatedAt', 'state'])
    .where('reviewerId', 'in', reviewerIds)
    .where('state', 'in', ['assigned', 'opened', 'draft'])
    .orderBy('id')
    .execute()

/** One reviewer steps back from one school in each group, and one sheet lies far from the others. */
async function scoreAll(story: Story, { groups, cycleId }: Judging, group: number): Promise<void> {
  const standard = await standardOf(story, cycleId)
  const quality = new Map<string, number>()
  const reviewerIds = groups[group] ?? []
  const applicationIds = [...new Set((await openSheets(story, reviewerIds)).map((one) => one.applicationId))].toSorted()
  for (const [at, id] of applicationIds.entries()) quality.set(id, 0.93 - (at % 7) * 0.025)
  const [stepsBackFrom] = applicationIds
  const first = (await openSheets(story, reviewerIds)).find((one) => one.applicationId === stepsBackFrom)
  if (first && applicationIds.length > 1) {
    const why = { kind: 'advisedPlan' as const, reason: '曾受邀指导该校创建方案。（演示）' }
    await story.as(first.reviewerId, (work) => recuseSheet(work, first.id, why))
  }
  for (const [at, sheet] of (await openSheets(story, reviewerIds)).entries()) {
    const apart = group === 0 && at === 5 ? 0.22 : 0
    const share = (quality.get(sheet.applicationId) ?? 0.85) - apart + (story.random() - 0.5) * 0.06
    // One declaration is for the whole school, so a later sheet of the same school may be open already.
    const { state } = await reader(story)
      .selectFrom('scoreSheet')
      .select('state')
      .where('id', '=', sheet.id)
      .executeTakeFirstOrThrow()
    if (state === 'assigned') await story.as(sheet.reviewerId, (work) => declareSheet(work, sheet.id))
    await score(story, { ...sheet, standard, share })
  }
}

async function score(
  story: Story,
  sheet: { id: string; method: string; reviewerId: string; standard: Standard; share: number },
): Promise<void> {
  const lines = linesOf(sheet.standard, sheet.method as ScoredMethod)
  const scores = Object.fromEntries(
    lines.map((line) => {
      const wanted = Math.min(line.maximum, Math.max(0, Math.round((line.maximum * sheet.share) / 10) * 10))
      const allowed = allowedScores(line)
      const nearest = allowed?.toSorted((a, b) => Math.abs(a - wanted) - Math.abs(b - wanted))[0]
      return [line.code, nearest ?? wanted]
    }),
  )
  await story.as(sheet.reviewerId, async (work) => {
    const row = await work.db
      .selectFrom('scoreSheet')
      .select('updatedAt')
      .where('id', '=', sheet.id)
      .executeTakeFirstOrThrow()
    const remark = '做法具体、群众认可，建议继续完善过程记录。（演示）'
    await submitSheet(work, sheet.id, { scores, remark, updatedAt: row.updatedAt })
  })
}

async function giveOneBack(story: Story, { officeId, cycleId }: Judging): Promise<void> {
  const sheet = await reader(story)
    .selectFrom('scoreSheet')
    .select(['id', 'method', 'reviewerId', 'updatedAt'])
    .where('cycleId', '=', cycleId)
    .where('state', '=', 'submitted')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  if (!sheet) return
  const reason = '评语过于简单，请写明依据后重新提交。（演示）'
  await story.as(officeId, (work) => returnSheet(work, sheet.id, { reason, seen: sheet.updatedAt }))
  await score(story, { ...sheet, standard: await standardOf(story, cycleId), share: 0.88 })
}

async function enterPoints(story: Story, { officeId, cycleId }: Judging): Promise<void> {
  const standard = await standardOf(story, cycleId)
  const share = (await readCycle(reader(story), cycleId)).settings.disagreementShare
  const applications = await readInputs(reader(story), cycleId, standard)
  for (const [at, application] of applications.entries()) {
    const { applicationId } = application
    if (application.surveyRulable) {
      const reason = '访谈座谈已覆盖教师、家长和学生代表，人数足以说明情况。（演示）'
      await story.as(officeId, (work) => ruleSurvey(work, applicationId, reason))
    }
    const bonus = standard.bonus.items[0]
    if (bonus && at % 4 === 1) {
      const reason = '典型经验被市级简报采用，见采用通知。（演示）'
      const adjustment = { kind: 'bonus' as const, code: bonus.code, points: bonus.points * 100, reason }
      await story.as(officeId, (work) => addAdjustment(work, applicationId, adjustment))
    }
    const deduction = standard.deduction.items[0]
    if (deduction && at % 9 === 5) {
      const reason = '有一项整改超过期限才报送结果。（演示）'
      const adjustment = { kind: 'deduction' as const, code: deduction.code, points: deduction.points * 100, reason }
      await story.as(officeId, (work) => addAdjustment(work, applicationId, adjustment))
    }
    for (const { method, ruling } of disagreementsOf(application, standard, share)) {
      if (ruling !== null) continue
      const reason = '已请两位评委说明依据，均系按评分细则独立判断，保留原分。（演示）'
      await story.as(officeId, (work) => ruleDisagreement(work, applicationId, { method, reason }))
    }
  }
}

async function finishResult(story: Story, { officeId, deputyId }: Judging): Promise<void> {
  const { id, digest } = await story.as(officeId, (work) => computeResult(work))
  await story.as(deputyId, (work) =>
    moderateResult(work, id, { remark: '复核人逐校核对评分表、测评得分和加减分，无误。（演示）', seen: digest }),
  )
  await story.as(officeId, (work) => sealResult(work, id, digest))
}

/** The deciding meeting names as many as rule 15 allows; the notice then lists them by stage. */
async function announceNotice(story: Story, { officeId, deputyId, cycleId }: Judging): Promise<void> {
  const cycle = await readCycle(reader(story), cycleId)
  const result = await latestResult(reader(story), cycleId)
  if (!result) throw new Error('the demonstration has no result')
  const { most } = await readQuota(reader(story), cycle)
  const ranked = new Set((await listRanked(reader(story), cycleId)).map((one) => one.applicationId))
  const chosen = bodyOf(result)
    .places.filter((one) => ranked.has(one.applicationId))
    .slice(0, most)
  const grade = cycle.settings.grades[0] ?? '成果奖'
  const decision = {
    heldOn: '2026-11-09',
    attendees: '局党工委成员 7 人，监督员 1 人列席。（演示）',
    minutes: '听取评审情况汇报，审阅封存结果，经表决同意按名额命名。（演示）',
    grades: chosen.map(({ applicationId }) => ({ applicationId, grade })),
  }
  await story.as(officeId, (work) => decideResult(work, result.id, decision))
  const standing = await standingDecision(reader(story), cycleId)
  await story.as(deputyId, (work) => confirmDecision(work, standing?.id ?? '', { reason: '' }))
  const { id } = await story.as(officeId, (work) => composeNotice(work))
  await story.as(officeId, async (work) => {
    const { title, body, updatedAt } = await findNotice(work, id)
    return saveNoticeText(work, id, { title, body: filledIn(body), updatedAt })
  })
  await story.as(officeId, (work) => postNotice(work, id))
  story.on('2026-11-10', '20:05', () => tellObjections(story, { officeId, cycleId, noticeId: id }))
}

async function tellObjections(
  story: Story,
  at: { officeId: string; cycleId: string; noticeId: string },
): Promise<void> {
  const { officeId, cycleId, noticeId } = at
  const { bureauId } = await readCycle(reader(story), cycleId)
  const named = await reader(story)
    .selectFrom('award')
    .select('schoolId')
    .where('cycleId', '=', cycleId)
    .orderBy('id')
    .execute()
  const notice = { id: noticeId, bureauId, cycleId }
  const received = async (schoolId: string | null, content: string): Promise<string> => {
    const words = { name: '演示群众', phone: '0372-0000000', schoolId, content }
    await story.asVisitor((work) => objectTo(work, notice, words, { receipt: work.newId(), fromThere: 0 }))
    const row = await reader(story)
      .selectFrom('objection')
      .select('id')
      .where('noticeId', '=', noticeId)
      .where('content', '=', content)
      .executeTakeFirstOrThrow()
    return row.id
  }
  const checked = await received(named[0]?.schoolId ?? null, '公示学校的展示长廊据说是去年建成的，请核实。（演示）')
  const dismissed = await received(null, '希望今年的名额能再多一些，多评几所认真创建的学校。（演示）')
  const move = (
    by: string,
    id: string,
    ...rest: [Parameters<typeof moveObjection>[2], { text?: string; handlerId?: string }]
  ) => story.as(by, (work) => moveObjection(work, id, ...rest))
  const handlerId = await handlerOf(story, named[0]?.schoolId ?? '')
  story.on('2026-11-11', '09:00', async () => {
    await move(officeId, checked, 'admit', { text: '有具体事实，予以受理。（演示）' })
    await move(officeId, checked, 'assign', { handlerId })
    await move(officeId, dismissed, 'dismiss', { text: '属于工作建议，没有指向具体事实。（演示）' })
    await move(officeId, dismissed, 'reply', {
      text: '感谢关心。名额由评选办法规定，您的建议已转有关股室研究。（演示）',
    })
  })
  story.on('2026-11-13', '16:00', async () => {
    await move(handlerId, checked, 'decide', { text: '经查验收单，长廊于今年 5 月建成，异议不成立。（演示）' })
    await move(officeId, checked, 'reply', { text: '经核查，长廊系今年建成，有验收单为证。欢迎继续监督。（演示）' })
  })
}

/** The draft leaves to the office whom to reach. */
const filledIn = (body: string): string =>
  body
    .replace(/^联系人：.*$/m, '联系人：演示王（演示）')
    .replace(/^联系电话：.*$/m, '联系电话：0372-0000000')
    .replace(/^通信地址：.*$/m, '通信地址：演示区演示路 1 号')

/** A leader of the bureau who has not scored the school and is not in charge of its zone. */
async function handlerOf(story: Story, schoolId: string): Promise<string> {
  const row = await reader(story)
    .selectFrom('roleGrant')
    .select('personId')
    .where('role', '=', 'leader')
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('contact')
            .innerJoin('school', 'school.zoneId', 'contact.zoneId')
            .select('contact.id')
            .whereRef('contact.personId', '=', 'roleGrant.personId')
            .where('school.id', '=', schoolId)
            .where('contact.endedAt', 'is', null),
        ),
      ),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('scoreSheet')
            .select('id')
            .whereRef('reviewerId', '=', 'roleGrant.personId')
            .where('schoolId', '=', schoolId),
        ),
      ),
    )
    .orderBy('roleGrant.id')
    .executeTakeFirstOrThrow()
  return row.personId
}

async function closeNotice(story: Story, { officeId, cycleId }: Judging): Promise<void> {
  const notice = await reader(story)
    .selectFrom('notice')
    .select('id')
    .where('cycleId', '=', cycleId)
    .executeTakeFirstOrThrow()
  await story.as(officeId, (work) => endNotice(work, notice.id))
}

async function conferAll(story: Story, { officeId, cycleId }: Judging): Promise<void> {
  const given = { documentNumber: '演示教党〔2026〕18 号', conferredOn: '2026-11-18', issuer: '' }
  await story.as(officeId, (work) => conferAwards(work, given))
  const awards = await reader(story)
    .selectFrom('award')
    .select('id')
    .where('cycleId', '=', cycleId)
    .where('state', '=', 'conferred')
    .orderBy('certificateNumber')
    .execute()
  const [first, second] = awards
  if (first) {
    const { id } = await story.as(officeId, (work) =>
      selectRecommendation(work, { awardId: first.id, targetLevel: 'city' }),
    )
    for (const action of ['package', 'send', 'receive'] as const)
      await story.as(officeId, (work) => moveRecommendation(work, id, { action, note: '' }))
  }
  if (second)
    await story.as(officeId, (work) => selectRecommendation(work, { awardId: second.id, targetLevel: 'province' }))
}
