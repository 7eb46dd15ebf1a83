import { z } from 'zod'
import { readYearFacts } from '#server/application/summary/queries.ts'
import type { ApplicationOf } from '#server/application/application/queries.ts'
import { found } from '#server/kernel/problem.ts'
import type { ReadOnly } from '#server/kernel/work.ts'
import { findStandingPlan } from '#server/plan/plan/queries.ts'

/**
 * The dossier as reviewers will read it, composed from what the school has already written (rule 5): only names, words and file
 * hashes, so that its canonical JSON and digest stand for every byte that was submitted.
 */
export async function composeDossier(db: ReadOnly, application: ApplicationOf) {
  const { schoolId, cycleId } = application
  return {
    school: await readSchool(db, schoolId),
    brand: await readBrand(db, schoolId),
    argumentations: await db
      .selectFrom('argumentation')
      .select(['heldOn', 'kind', 'participants', 'opinions', 'outcome'])
      .where('voidedAt', 'is', null)
      .where('schoolId', '=', schoolId)
      .orderBy('heldOn')
      .orderBy('id')
      .execute(),
    plan: await readPlan(db, { schoolId, cycleId }),
    year: await readYearFacts(db, schoolId, cycleId),
    summary: found(
      await db
        .selectFrom('summary')
        .select(['achievements', 'problems', 'nextSteps', 'digest'])
        .where('schoolId', '=', schoolId)
        .where('cycleId', '=', cycleId)
        .executeTakeFirst(),
    ),
    highlights: application.highlights,
    entries: await readCitedEntries(db, application),
  }
}

const readSchool = async (db: ReadOnly, id: string) =>
  found(
    await db
      .selectFrom('school')
      .select(['name', 'stage', 'ownership', 'partyKind', 'secretaryName', 'memberCount', 'staffCount', 'studentCount'])
      .where('id', '=', id)
      .executeTakeFirst(),
  )

async function readBrand(db: ReadOnly, schoolId: string) {
  const brand = found(
    await db
      .selectFrom('brand')
      .leftJoin('brandCategory', 'brandCategory.id', 'brand.categoryId')
      .select([
        'brand.name',
        'brandCategory.label as category',
        'concept',
        'connotation',
        'slogan',
        'localResources',
        'brand.version',
      ])
      .where('schoolId', '=', schoolId)
      .executeTakeFirst(),
  )
  return { ...brand, localResources: asWritten(brand.localResources) }
}

async function readPlan(db: ReadOnly, of: { schoolId: string; cycleId: string }) {
  const plan = found(
    await db
      .selectFrom('plan')
      .select(['id', 'version', 'diagnosis', 'entryPoint', 'goals', 'commitment', 'digest', 'publishedAt'])
      .where('id', '=', (await findStandingPlan(db, of))?.id ?? '')
      .executeTakeFirst(),
  )
  const budget = await db
    .selectFrom('budgetLine')
    .select(['item', 'subject', 'amountFen', 'spentFen'])
    .where('planId', '=', plan.id)
    .orderBy('sortOrder')
    .execute()
  const comments = await db
    .selectFrom('comment')
    .select(['relation', 'content', 'answer', 'receivedAt', 'answeredAt'])
    .where('planId', '=', plan.id)
    .where('state', '=', 'answered')
    .orderBy('receivedAt')
    .execute()
  const { id: _plan, diagnosis, ...words } = plan
  return { ...words, diagnosis: asWritten(diagnosis), budget, comments }
}

/** A column's JSON goes into the dossier as it stands, whatever it holds: the digest is of what was written. */
const asWritten = (text: string): unknown => JSON.parse(text)

/** The parts that a dossier cannot be composed without, as far as they are not there yet. */
export async function missingForDossier(db: ReadOnly, { schoolId, cycleId }: ApplicationOf): Promise<string[]> {
  const brand = await db.selectFrom('brand').select('id').where('schoolId', '=', schoolId).executeTakeFirst()
  const plan = await findStandingPlan(db, { schoolId, cycleId })
  const summary = await db
    .selectFrom('summary')
    .select('id')
    .where('schoolId', '=', schoolId)
    .where('cycleId', '=', cycleId)
    .executeTakeFirst()
  return [...(brand ? [] : ['品牌']), ...(plan ? [] : ['创建方案']), ...(summary ? [] : ['年度总结'])]
}

const appliedShape = z.object({ brand: z.object({ name: z.string() }) })

/** The brand that was applied with and reviewed, for what is publicised and conferred; the school may rename its own meanwhile. */
export function brandApplied(application: { frozen: string | null; brandName: string | null }): string {
  const applied = appliedShape.safeParse(JSON.parse(application.frozen ?? 'null'))
  return applied.success ? applied.data.brand.name : (application.brandName ?? '')
}

async function readCitedEntries(db: ReadOnly, application: ApplicationOf) {
  if (application.entryIds.length === 0) return []
  const entries = await db
    .selectFrom('entry')
    .leftJoin('activityForm', 'activityForm.id', 'entry.formId')
    .select([
      'entry.id',
      'entry.title',
      'entry.happenedOn',
      'entry.pillar',
      'activityForm.label as form',
      'entry.place',
      'entry.content',
      'entry.memberCount',
      'entry.teacherCount',
      'entry.pupilCount',
      'entry.parentCount',
      'entry.version',
      'entry.filedAt',
      'entry.isLate',
    ])
    .where('entry.schoolId', '=', application.schoolId)
    .where('entry.id', 'in', application.entryIds)
    .execute()
  const files = await db
    .selectFrom('evidence')
    .innerJoin('file', 'file.id', 'evidence.fileId')
    .select(['evidence.subjectId', 'file.id', 'file.name', 'file.sha256', 'file.kind', 'evidence.caption'])
    .where('evidence.subjectType', '=', 'entry')
    .where('evidence.subjectId', 'in', application.entryIds)
    .orderBy('evidence.sortOrder')
    .execute()
  return application.entryIds.flatMap((entryId) => {
    const entry = entries.find((one) => one.id === entryId)
    if (!entry) return []
    return [
      {
        ...entry,
        files: files.filter((one) => one.subjectId === entryId).map(({ subjectId: _entry, ...file }) => file),
      },
    ]
  })
}

const versionShape = z.object({
  frozen: z.string(),
  receiptNumber: z.string(),
  submittedAt: z.string(),
  digest: z.string(),
})

/** Every earlier submission, kept when it was returned or taken back. */
export async function listDossierVersions(db: ReadOnly, id: string) {
  const rows = await db
    .selectFrom('seal')
    .select(['version', 'content', 'liftedReason'])
    .where('kind', '=', 'application')
    .where('subjectId', '=', id)
    .where('liftedAt', 'is not', null)
    .orderBy('version', 'desc')
    .execute()
  return rows.flatMap(({ version, content, liftedReason }) => {
    const said = versionShape.safeParse(JSON.parse(content ?? 'null'))
    if (!said.success) return []
    const { frozen, ...receipt } = said.data
    return [{ version, ...receipt, returned: liftedReason, text: frozen }]
  })
}
