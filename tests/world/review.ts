import type { TestContext } from 'node:test'
import { type Role, system } from '#domain/base/actor.ts'
import type { SealKind } from '#domain/base/seal.ts'
import defaultStandard from '#domain/year/default-standard.json' with { type: 'json' }
import type { ScoredMethod } from '#domain/review/sheet.ts'
import { linesOf, scoredMethods, type Standard } from '#domain/year/standard.ts'
import { liftSeal, sealRow } from '#server/kernel/seal.ts'
import { type Caller, type World, world } from './world.ts'

/** Puts an admitted application of a school straight into the database: the review begins where the application ends. */
export function admit(w: World, schoolId: string): Promise<string> {
  return w.work(system, async (work) => {
    const id = work.newId()
    await work.tx
      .insertInto('application')
      .values({
        id,
        schoolId,
        cycleId: w.cycleId,
        bureauId: w.bureauId,
        state: 'admitted',
        highlights: '演示亮点',
        entryIds: '[]',
        frozen: JSON.stringify({ highlights: '演示亮点' }),
        digest: 'a'.repeat(64),
        receiptNumber: `SB-${id.slice(-6)}`,
        submittedAt: work.now,
        submittedBy: null,
        reason: null,
        completeUntil: null,
        createdAt: work.now,
        updatedAt: work.now,
      })
      .execute()
    await sealRow(work, 'application', id)
    work.record('test.admitted', 'application', id, { schoolId })
    return id
  })
}

/** A panel for each scored method with the one reviewer of the world, its sheets handed out. */
export async function panelsWithSheets(w: World): Promise<string[]> {
  const office = await w.as('office')
  const panels: string[] = []
  for (const method of scoredMethods) {
    const made = await office.post('/api/panels', { method, name: '第一组', reviewerIds: [w.personOf('reviewer')] })
    panels.push(made.body.id)
    await office.post(`/api/panels/${made.body.id}/assignment`)
  }
  return panels
}

/** The first two schools in review, every sheet handed out to the one reviewer. */
export async function reviewed(t: TestContext) {
  const w = await world(t)
  const first = await admit(w, w.schoolIds[0])
  const second = await admit(w, w.schoolIds[1])
  await panelsWithSheets(w)
  const office = await w.as('office')
  const reviewer = await w.as('reviewer')
  return { w, first, second, office, reviewer }
}

/** Scores at the given share of full marks, in hundredths by indicator. */
export function scoresAt(method: ScoredMethod, share: number): Record<string, number> {
  const lines = linesOf(defaultStandard as Standard, method)
  return Object.fromEntries(lines.map((line) => [line.code, Math.round(line.maximum * share)]))
}

/** Declares and submits every open sheet of the reviewer. */
export async function scoreAll(reviewer: Caller, share = 0.8): Promise<void> {
  const sheets = (await reviewer.get('/api/sheets')).body as { id: string; method: ScoredMethod; state: string }[]
  for (const sheet of sheets.filter((one) => one.state === 'assigned')) {
    await reviewer.post(`/api/sheets/${sheet.id}/declare`)
    const { updatedAt } = (await reviewer.get(`/api/sheets/${sheet.id}`)).body
    const body = { scores: scoresAt(sheet.method, share), remark: '', updatedAt }
    const done = await reviewer.post(`/api/sheets/${sheet.id}/submit`, body)
    if (done.status !== 200) throw new Error(done.text)
  }
}

export async function grant(w: World, personId: string, role: Role, organizationId: string): Promise<void> {
  await w.house.database.writer
    .insertInto('roleGrant')
    .values({
      id: crypto.randomUUID(),
      personId,
      role,
      organizationId,
      departmentId: null,
      createdAt: '2026-05-11T00:00:00.000Z',
      endedAt: null,
    })
    .execute()
}

/** Gives a row other content together with its seal, as the acts that a test leaves out would have done. */
export async function rewrite(w: World, kind: SealKind, id: string, values: Record<string, unknown>): Promise<void> {
  await w.work(system, async (work) => {
    await liftSeal(work, kind, id)
    await work.tx
      .updateTable(kind as 'application')
      .set(values)
      .where('id', '=', id)
      .execute()
    await sealRow(work, kind, id)
    work.record('test.rewritten', 'setting', id)
  })
}
