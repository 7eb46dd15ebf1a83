import { againstConferralDate, certificateNumber, isHeld } from '#domain/award/award.ts'
import { addYears, dateInWords } from '#domain/base/calendar.ts'
import { canonical } from '#domain/base/canonical.ts'
import { nextState } from '#domain/base/lifecycle.ts'
import { type AwardAction, awardLife, type AwardState } from '#domain/award/awardLife.ts'
import { againstAnnouncing, againstConferring } from '#domain/award/notice.ts'
import { outcomeText, outcomeTitle, outcomeWords } from '#domain/year/outcome.ts'
import { againstUnseen, refusal } from '#domain/base/refusal.ts'
import { moveApplication } from '#server/application/application/actions.ts'
import { brandApplied } from '#server/application/application/documents.ts'
import { draftArticle } from '#server/showcase/article/actions.ts'
import { findOwnCycle, readCycle } from '#server/year/cycle/queries.ts'
import { currentNotice, findLatestResult, namingSeen } from '#server/award/decision/queries.ts'
import { againstRecused } from '#server/identity/recusal/queries.ts'
import { changedOne, demand, found, refuse } from '#server/kernel/problem.ts'
import { againstBroken, liftSeal, sealRow } from '#server/kernel/seal.ts'
import { sha256, type Work } from '#server/kernel/work.ts'
import { type Certificate, findAward, heldAwards, listRanked, readCertificate } from './queries.ts'

export interface NewAward {
  bureauId: string
  cycleId: string
  schoolId: string
  applicationId: string
  resultId: string
  decisionId: string
  grade: string
}

/** A school that the meeting chose; it is decided on as soon as it is written down. */
export async function addAward(work: Work, award: NewAward): Promise<void> {
  const id = work.newId()
  await work.tx
    .insertInto('award')
    .values({
      id,
      ...award,
      state: awardLife.first,
      documentNumber: null,
      certificateNumber: null,
      certificate: null,
      certificateDigest: null,
      conferredOn: null,
      validUntil: null,
      revokedReason: null,
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()
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
  const rows = await work.db
    .selectFrom('award')
    .select(['id', 'schoolId', 'state'])
    .where('cycleId', '=', cycleId)
    .where('state', 'in', from)
    .execute()
  for (const row of rows) await changeAward(work, row, action, {}, reason)
}

export async function changeAward(
  work: Work,
  award: { id: string; schoolId: string; state: AwardState },
  action: AwardAction,
  values: Partial<{
    documentNumber: string
    certificateNumber: string
    certificate: string
    certificateDigest: string
    conferredOn: string
    validUntil: string
    revokedReason: string | null
  }> = {},
  reason?: string,
): Promise<void> {
  const to = nextState(awardLife, award.state, action)
  if (!to) throw refuse('notInThisState')
  await liftSeal(work, 'award', award.id, reason ?? '')
  changedOne(
    await work.tx
      .updateTable('award')
      .set({ state: to, updatedAt: work.now, ...values })
      .where('id', '=', award.id)
      .where('state', '=', award.state)
      .executeTakeFirstOrThrow(),
  )
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
  const held = await heldAwards(work.db, cycleId).select('applicationId').execute()
  const named = new Set(held.map((one) => one.applicationId))
  for (const { applicationId: id, schoolId } of await listRanked(work.db, cycleId))
    await moveApplication(work, { id, schoolId, state: 'ranked' }, named.has(id) ? 'award' : 'notAward')
}

/** When every name was taken back before it was made public, nothing else would tell the schools. */
export async function tellWithoutConferral(work: Work, cycleId: string): Promise<void> {
  const left = await work.db
    .selectFrom('award')
    .select('id')
    .where('cycleId', '=', cycleId)
    .where('state', '=', 'publicised')
    .executeTakeFirst()
  if (!left) await tellOutcomes(work, cycleId)
}

export interface Conferral {
  documentNumber: string
  conferredOn: string
  issuer: string
}

/** Makes public everything that came through its notice: certificates get consecutive numbers, the applications their outcome. */
export async function confer(
  work: Work,
  { issuer, ...act }: Conferral,
  seen?: string,
  year?: number,
): Promise<{ conferred: number }> {
  const cycle = await findOwnCycle(work, year)
  const words = outcomeWords(cycle.outcomeKind)
  const result = await findLatestResult(work.db, cycle.id)
  const notice = await currentNotice(work.db, cycle.id)
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
  const rows = await work.db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .innerJoin('organization', 'organization.id', 'award.bureauId')
    .leftJoin('brand', 'brand.schoolId', 'award.schoolId')
    .innerJoin('application', 'application.id', 'award.applicationId')
    .select(['award.id', 'award.schoolId', 'award.grade', 'school.name as schoolName', 'application.frozen'])
    .select(['brand.name as brandName', 'organization.name as bureauName'])
    .where('award.cycleId', '=', cycle.id)
    .where('award.state', '=', 'publicised')
    .orderBy('school.stage')
    .orderBy('school.sortKey')
    .execute()
  if (rows.length === 0) throw refuse('stateChanged', '没有等待公布的学校，请刷新页面。')
  const validUntil = addYears(act.conferredOn, cycle.settings.awardYears)
  for (const row of rows) {
    const publicised = { id: row.id, schoolId: row.schoolId, state: 'publicised' } as const
    if (words.certificate === null) {
      await changeAward(work, publicised, 'confer', act)
      continue
    }
    // A school that is renamed later keeps the certificate that it was given.
    const said: Certificate = {
      number: certificateNumber(cycle.year, await takeSerial(work, cycle.bureauId, cycle.year)),
      year: cycle.year,
      schoolName: row.schoolName,
      brandName: brandApplied(row),
      awardTitle: cycle.awardTitle,
      outcomeKind: cycle.outcomeKind,
      grade: row.grade,
      bureauName: issuer || row.bureauName,
      ...act,
      validUntil,
    }
    await changeAward(work, publicised, 'confer', { ...act, ...paperOf(said) })
  }
  await tellOutcomes(work, cycle.id)
  return { conferred: rows.length }
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

/** The next serial of a bureau and year; the row is the lock, so that numbers are consecutive and used once (I10). */
async function takeSerial(work: Work, bureauId: string, year: number): Promise<number> {
  const row = await work.tx
    .insertInto('certificateCounter')
    .values({ bureauId, year, last: 1 })
    .onConflict((conflict) =>
      conflict.columns(['bureauId', 'year']).doUpdateSet((eb) => ({ last: eb('certificateCounter.last', '+', 1) })),
    )
    .returning('last')
    .executeTakeFirstOrThrow()
  return row.last
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
  const notice = await work.db
    .selectFrom('notice')
    .select('endsOn')
    .where('decisionId', '=', award.decisionId)
    .where('state', 'in', ['ended', 'superseded'])
    .orderBy('createdAt', 'desc')
    .executeTakeFirst()
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
  const batch = await heldAwards(work.db, award.cycleId)
    .selectAll('award')
    .where('award.documentNumber', '=', award.documentNumber)
    .where('award.conferredOn', '=', award.conferredOn)
    .orderBy('award.id')
    .execute()
  const validUntil = addYears(act.conferredOn, cycle.settings.awardYears)
  for (const one of batch) {
    const values =
      one.certificate === null
        ? act
        : await replaced(work, one.id, one.certificate, { ...act, issuer, validUntil, reason })
    await liftSeal(work, 'award', one.id, reason)
    changedOne(
      await work.tx
        .updateTable('award')
        .set({ ...act, ...values, updatedAt: work.now })
        .where('id', '=', one.id)
        .where('updatedAt', '=', one.updatedAt)
        .executeTakeFirstOrThrow(),
    )
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
  const last = await work.db
    .selectFrom('certificateVersion')
    .select((eb) => eb.fn.max('version').as('version'))
    .where('awardId', '=', awardId)
    .executeTakeFirst()
  const id = work.newId()
  await work.tx
    .insertInto('certificateVersion')
    .values({
      id,
      awardId,
      version: Number(last?.version ?? 0) + 1,
      certificate: text,
      certificateDigest: sha256(text),
      reason,
      replacedBy: work.actor.personId,
      replacedAt: work.now,
    })
    .execute()
  await sealRow(work, 'certificateVersion', id)
  return paperOf({ ...before, ...next, bureauName: issuer || before.bureauName })
}

/** The paper that makes the outcome known, drafted from what was conferred; the office reads and publishes it. */
export async function draftAnnouncement(work: Work, seen: string, year?: number): Promise<{ id: string }> {
  const cycle = await findOwnCycle(work, year)
  const rows = await work.db
    .selectFrom('award')
    .innerJoin('school', 'school.id', 'award.schoolId')
    .innerJoin('application', 'application.id', 'award.applicationId')
    .leftJoin('brand', 'brand.schoolId', 'award.schoolId')
    .select(['award.documentNumber', 'award.conferredOn', 'school.name as schoolName', 'school.stage'])
    .select(['brand.name as brandName', 'application.frozen'])
    .where('award.cycleId', '=', cycle.id)
    .where('award.state', '=', 'conferred')
    .orderBy('school.stage')
    .orderBy('school.sortKey')
    .execute()
  demand([
    ...againstAnnouncing(rows.length),
    ...againstUnseen(seen, await namingSeen(work.db, cycle.id), '起草公告', '办理情况'),
  ])
  const bureau = found(
    await work.db.selectFrom('organization').select('name').where('id', '=', cycle.bureauId).executeTakeFirst(),
  )
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
        bureauName: bureau.name,
        documentNumber: rows[0]?.documentNumber ?? '',
        day: dateInWords(rows[0]?.conferredOn ?? work.today),
        stages,
      }),
      authorName: bureau.name,
    },
    cycle,
  )
}
