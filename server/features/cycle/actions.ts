import { cycleLife } from '#domain/lifecycles/cycle.ts'
import { againstMoving } from '#domain/lifecycle.ts'
import { type CycleSettings, defaultCycleSettings } from '#domain/cycle.ts'
import { changedOne, demand, found } from '#server/kernel/problem.ts'
import { sha256, type Work } from '#server/kernel/work.ts'

export interface NewCycle {
  bureauId: string
  year: number
  title: string
  awardTitle: string
  applyFrom: string
  applyUntil: string
  standardId?: string | null
  settings?: Partial<CycleSettings>
}

export async function createCycle(work: Work, cycle: NewCycle): Promise<string> {
  const id = work.newId()
  await work.tx
    .insertInto('cycle')
    .values({
      id,
      bureauId: cycle.bureauId,
      year: cycle.year,
      title: cycle.title,
      state: cycleLife.first,
      basisTitle: null,
      basisNumber: null,
      filingNumber: null,
      approvalNumber: null,
      toldOn: null,
      outcomeKind: 'award',
      awardTitle: cycle.awardTitle,
      planUntil: null,
      applyFrom: cycle.applyFrom,
      applyUntil: cycle.applyUntil,
      graceUntil: null,
      graceReason: null,
      standardId: cycle.standardId ?? null,
      settings: JSON.stringify({ ...defaultCycleSettings, ...cycle.settings }),
      openedAt: null,
      closedAt: null,
      createdAt: work.now,
      updatedAt: work.now,
    })
    .execute()
  work.record('cycle.created', 'cycle', id, { year: cycle.year })
  return id
}

/** Opening locks the settings and the standard of the year. */
export async function openCycle(work: Work, id: string): Promise<void> {
  const cycle = found(await work.tx.selectFrom('cycle').selectAll().where('id', '=', id).executeTakeFirst())
  demand(againstMoving(cycleLife, cycle.state as 'draft', 'open'))
  changedOne(
    await work.tx
      .updateTable('cycle')
      .set({ state: 'open', openedAt: work.now, updatedAt: work.now })
      .where('id', '=', id)
      .where('state', '=', cycle.state)
      .executeTakeFirstOrThrow(),
  )
  work.record('cycle.open', 'cycle', id, { from: cycle.state, to: 'open' })
}

/** Stores a standard as a new version; standards are never changed, only followed by another. */
export async function addStandard(work: Work, bureauId: string, title: string, body: unknown): Promise<string> {
  const id = work.newId()
  const text = JSON.stringify(body)
  const { last } = await work.tx
    .selectFrom('standard')
    .select((eb) => eb.fn.coalesce(eb.fn.max('version'), eb.lit(0)).as('last'))
    .where('bureauId', '=', bureauId)
    .executeTakeFirstOrThrow()
  await work.tx
    .insertInto('standard')
    .values({ id, bureauId, title, version: Number(last) + 1, body: text, digest: sha256(text), createdAt: work.now })
    .execute()
  work.record('standard.added', 'standard', id, { title })
  return id
}
