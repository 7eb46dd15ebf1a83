import { againstConferralDate, certificateNumber, isHeld } from '#domain/award/award.ts'
import { addYears, dateInWords } from '#domain/base/calendar.ts'
import { canonical } from '#domain/base/canonical.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type AwardAction, awardLife, type AwardState } from '#domain/award/awardLife.ts'
import { againstAnnouncing, againstConferring } from '#domain/award/notice.ts'
import { outcomeText, outcomeTitle, outcomeWords } from '#domain/year/outcome.ts'
import { againstUnseen, refusal } from '#domain/base/refusal.ts'
import { moveApplication } from '#server/application/application/actions.ts'
import { brandApplied } from '#server/application/dossier/queries.ts'
import { draftArticle } from '#server/showcase/article/actions.ts'
import { type Cycle, findOwnCycle, readCycle } from '#server/year/cycle/queries.ts'
import { findLatestResult, findNoticeInForce, namingSeen, readBureauName } from '#server/award/decision/queries.ts'
import { againstRecused } from '#server/identity/recusal/queries.ts'
import type { AwardRow } from '#server/db/tables/award.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import { againstBroken, liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import {
  type Certificate,
  countAwardsIn,
  findAward,
  findNoticeOf,
  listAwardsIn,
  listConferred,
  listConferredWith,
  listHeld,
  listRanked,
  listToConfer,
  readCertificate,
  readLastVersion,
} from './queries.ts'
import { insertAward, insertCertificateVersion, moveAward, type NewAward, takeSerial, updateAward } from './writes.ts'

/** A school that the meeting chose; it is decided on as soon as it is written down. */
export async function addAward(work: Work, award: NewAward): Promise<void> {
  const id = work.newId()
  await insertAward(work, { id, ...award })
  await sealRow(work, 'award', id)
  await changeAward(work, { id, schoolId: award.schoolId, state: awardLife.first }, 'decide')
}

/** Moves every award of a year that stands in one state; the rules of the act have been demanded before. */
export async function changeAwards(
  work: Work,
  cycleId: string,
  from: readonly AwardState[],
  action: AwardAction,
  reason?: string,
): Promise<void> {
  for (const row of await listAwardsIn(work.db, cycleId, from)) await changeAward(work, row, action, {}, reason)
}

export async function changeAward(
  work: Work,
  award: { id: string; schoolId: string; state: AwardState },
  action: AwardAction,
  values: Partial<AwardRow> = {},
  reason?: string,
): Promise<void> {
  const to = nextState(awardLife, award.state, action)
  if (!to) throw refuse('notInThisState')
  await liftSeal(work, 'award', award.id, reason ?? '')
  await moveAward(work, award, { to, values })
  const { certificate: _text, ...told } = values
  work.record(`award.${action}`, 'award', award.id, {
    schoolId: award.schoolId,
    from: award.state,
    to,
    ...told,
    digest: await sealRow(work, 'award', award.id),
    ...(reason ? { reason } : {}),
  })
}

/** Tells every school that was reviewed how it ended; whoever holds an award of the year was chosen. */
export async function tellOutcomes(work: Work, cycleId: string): Promise<void> {
  const named = new Set((await listHeld(work.db, cycleId)).map((one) => one.applicationId))
  for (const { applicationId: id, schoolId } of await listRanked(work.db, cycleId))
    await moveApplication(work, { id, schoolId, state: 'ranked' }, named.has(id) ? 'award' : 'notAward')
}

/** When every name was taken back before it was made public, nothing else would tell the schools. */
export async function tellWithoutConferral(work: Work, cycleId: string): Promise<void> {
  if ((await countAwardsIn(work.db, cycleId, 'publicised')) === 0) await tellOutcomes(work, cycleId)
}

export interface Conferral {
  documentNumber: string
  conferredOn: string
  issuer: string
}

/** Makes public everything that came through its notice: certificates get consecutive numbers, the applications their outcome. */
export async function conferAwards(
  work: Work,
  { issuer, ...act }: Conferral,
  seen?: string,
  year?: number,
): Promise<{ conferred: number }> {
  const cycle = await findOwnCycle(work, year)
  const words = outcomeWords(cycle.outcomeKind)
  const result = await findLatestResult(work.db, cycle.id)
  const notice = await findNoticeInForce(work.db, cycle.id)
  demand([
    ...(await againstRecused(work, cycle.id)),
    ...(seen === undefined ? [] : againstUnseen(seen, await namingSeen(work.db, cycle.id), words.give, '办理情况')),
    ...againstConferring(result?.state, notice),
    ...againstConferralDate(act.conferredOn, {
      today: work.today,
      noticeEnds: notice?.endsOn ?? null,
      label: words.givenOn,
    }),
  ])
  demand(await againstBroken(work.db, 'award', { cycleId: cycle.id }))
  const rows = await listToConfer(work.db, cycle.id)
  if (rows.length === 0) throw refuse('stateChanged', '没有等待公布的学校，请刷新页面。')
  const validUntil = addYears(act.conferredOn, cycle.settings.awardYears)
  for (const row of rows) {
    // A school that is renamed later keeps the certificate that it was given.
    const paper = words.certificate === null ? {} : await drawPaper(work, cycle, row, { ...act, validUntil, issuer })
    await changeAward(work, { id: row.id, schoolId: row.schoolId, state: 'publicised' }, 'confer', { ...act, ...paper })
  }
  await tellOutcomes(work, cycle.id)
  return { conferred: rows.length }
}

/** A certificate with the next number of its year. */
async function drawPaper(
  work: Work,
  cycle: Cycle,
  row: Awaited<ReturnType<typeof listToConfer>>[number],
  { issuer, ...act }: Conferral & { validUntil: string },
) {
  const { year, awardTitle, outcomeKind } = cycle
  return paperOf({
    number: certificateNumber(year, await takeSerial(work, cycle.bureauId, year)),
    year,
    schoolName: row.schoolName,
    brandName: brandApplied(row),
    awardTitle,
    outcomeKind,
    grade: row.grade,
    bureauName: issuer || row.bureauName,
    ...act,
  })
}

function paperOf(said: Certificate) {
  const certificate = canonical(said)
  return {
    certificate,
    certificateDigest: sha256(certificate),
    certificateNumber: said.number,
    validUntil: said.validUntil,
  }
}

/**
 * Corrects the number of the document, the day or the issuer for everything that was made public with the same ones. Numbers of
 * certificates stay; what each certificate said before is kept and told where it is checked.
 */
export async function amendConferral(
  work: Work,
  id: string,
  { issuer, reason, ...act }: Conferral & { reason: string },
  seen: string,
): Promise<{ amended: number }> {
  const award = await findAward(work, id)
  const cycle = await readCycle(work.db, award.cycleId)
  const words = outcomeWords(cycle.outcomeKind)
  const notice = await findNoticeOf(work.db, award.decisionId)
  demand([
    ...(await againstRecused(work, award.cycleId)),
    ...againstUnseen(seen, award.updatedAt, '更正'),
    ...(isHeld(award) ? [] : [refusal('notInThisState', `只有${words.given}的可以更正文号和日期。`)]),
    ...againstConferralDate(act.conferredOn, {
      today: work.today,
      noticeEnds: notice?.endsOn ?? null,
      label: words.givenOn,
    }),
  ])
  const batch = await listConferredWith(work.db, award)
  const validUntil = addYears(act.conferredOn, cycle.settings.awardYears)
  for (const one of batch) {
    const values =
      one.certificate === null
        ? act
        : await replaced(work, one.id, one.certificate, { ...act, issuer, validUntil, reason })
    await liftSeal(work, 'award', one.id, reason)
    await updateAward(work, one, { ...act, ...values })
    work.record('award.amended', 'award', one.id, {
      schoolId: one.schoolId,
      ...act,
      reason,
      ...('certificateDigest' in values ? { certificateDigest: values.certificateDigest } : {}),
      digest: await sealRow(work, 'award', one.id),
    })
  }
  return { amended: batch.length }
}

async function replaced(
  work: Work,
  awardId: string,
  text: string,
  { reason, issuer, ...next }: Conferral & { validUntil: string; reason: string },
) {
  const before = readCertificate(text)
  const id = work.newId()
  const version = (await readLastVersion(work.db, awardId)) + 1
  await insertCertificateVersion(work, {
    id,
    awardId,
    version,
    certificate: text,
    certificateDigest: sha256(text),
    reason,
  })
  await sealRow(work, 'certificateVersion', id)
  return paperOf({ ...before, ...next, bureauName: issuer || before.bureauName })
}

/** The paper that makes the outcome known, drafted from what was conferred; the office reads and publishes it. */
export async function draftAnnouncement(work: Work, seen: string, year?: number): Promise<{ id: string }> {
  const cycle = await findOwnCycle(work, year)
  const rows = await listConferred(work.db, cycle.id)
  demand([
    ...againstAnnouncing(rows.length),
    ...againstUnseen(seen, await namingSeen(work.db, cycle.id), '起草公告', '办理情况'),
  ])
  const bureauName = await readBureauName(work.db, cycle.bureauId)
  const { outcomeKind: kind, awardTitle } = cycle
  const stages = Object.entries(Object.groupBy(rows, (row) => row.stage)).map(([stage, schools = []]) => ({
    stage,
    schools: schools.map((one) => ({ schoolName: one.schoolName, brandName: brandApplied(one) })),
  }))
  return draftArticle(
    work,
    {
      kind: 'announcement',
      title: outcomeTitle(kind, awardTitle),
      body: outcomeText({
        kind,
        awardTitle,
        bureauName,
        documentNumber: rows[0]?.documentNumber ?? '',
        day: dateInWords(rows[0]?.conferredOn ?? work.today),
        stages,
      }),
      authorName: bureauName,
    },
    cycle,
  )
}
