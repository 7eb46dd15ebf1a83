import { z } from 'zod'
import { worksAt } from '#domain/base/actor.ts'
import { canonical } from '#domain/base/canonical.ts'
import { readCycle } from '#server/year/cycle/queries.ts'
import { demandSight } from '#server/identity/recusal/queries.ts'
import { type Look, type ReadOnly, sha256 } from '#server/kernel/work.ts'
import { findStandingPlan } from '#server/plan/plan/queries.ts'
import { readYearFacts } from '#server/application/summary/queries.ts'
import { found } from '#server/kernel/problem.ts'
import { type ApplicationOf, findApplication } from './queries.ts'

/**
 * The dossier as reviewers will read it, composed from what the school has already written (rule 5): only names, words and file
 * hashes, so that its canonical JSON and digest stand for every byte that was submitted.
 */
export async function composeDossier(db: ReadOnly, application: ApplicationOf) {
  const { schoolId, cycleId } = application
  const school = found(
    await db
      .selectFrom('school')
      .select(['name', 'stage', 'ownership', 'partyKind', 'secretaryName', 'memberCount', 'staffCount', 'studentCount'])
      .where('id', '=', schoolId)
      .executeTakeFirst(),
  )
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
  const argumentations = await db
    .selectFrom('argumentation')
    .select(['heldOn', 'kind', 'participants', 'opinions', 'outcome'])
    .where('voidedAt', 'is', null)
    .where('schoolId', '=', schoolId)
    .orderBy('heldOn')
    .orderBy('id')
    .execute()
  const plan = found(
    await db
      .selectFrom('plan')
      .select(['id', 'version', 'diagnosis', 'entryPoint', 'goals', 'commitment', 'digest', 'publishedAt'])
      .where('id', '=', (await findStandingPlan(db, { schoolId, cycleId }))?.id ?? '')
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
  const summary = found(
    await db
      .selectFrom('summary')
      .select(['achievements', 'problems', 'nextSteps', 'digest'])
      .where('schoolId', '=', schoolId)
      .where('cycleId', '=', cycleId)
      .executeTakeFirst(),
  )
  const { id: _plan, diagnosis, ...planWords } = plan
  return {
    school,
    brand: { ...brand, localResources: JSON.parse(brand.localResources) as unknown },
    argumentations,
    plan: { ...planWords, diagnosis: JSON.parse(diagnosis) as unknown, budget, comments },
    year: await readYearFacts(db, schoolId, cycleId),
    summary,
    highlights: application.highlights,
    entries: await readCitedEntries(db, application),
  }
}

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

export type Dossier = Awaited<ReturnType<typeof composeDossier>>

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

/** The dossier for the school and its bureau: before it is submitted as it would be frozen now, afterwards as it was, every version. */
export async function readDossier(look: Look, id: string, version?: number) {
  const application = await findApplication(look, id)
  // Who has recused from the school reads nothing that belongs to its review, in whatever role (rule 9).
  if (!worksAt(look.actor, application.schoolId)) await demandSight(look, application)
  const { name } = found(
    await look.db.selectFrom('school').select('name').where('id', '=', application.schoolId).executeTakeFirst(),
  )
  const { title } = await readCycle(look.db, application.cycleId)
  const kept = await readVersions(look, id)
  const shown =
    version === undefined ? await standing(look, application) : found(kept.find((one) => one.version === version))
  return {
    schoolName: name,
    cycleTitle: title,
    text: shown.text,
    digest: shown.digest,
    frozen: version !== undefined || application.state !== 'draft',
    lacks: 'lacks' in shown ? shown.lacks : '',
    versions: kept.map(({ text: _text, ...one }) => one),
  }
}

async function standing(look: Look, application: ApplicationOf) {
  if (application.state !== 'draft') return { text: application.frozen, digest: application.digest, lacks: '' }
  // A draft is the school's own until it submits.
  if (!worksAt(look.actor, application.schoolId)) return { text: null, digest: null, lacks: '学校还没有提交。' }
  const missing = await missingForDossier(look.db, application)
  if (missing.length > 0) return { text: null, digest: null, lacks: `还缺${missing.join('、')}，补齐后可以预览。` }
  const text = canonical(await composeDossier(look.db, application))
  return { text, digest: sha256(text), lacks: '' }
}

/** Every earlier submission, kept when it was returned or taken back. */
async function readVersions(look: Look, id: string) {
  const rows = await look.db
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
