import { worksAt } from '#domain/base/actor.ts'
import { canonical } from '#domain/base/canonical.ts'
import { type ApplicationOf, findApplication, readSchoolName } from '#server/application/application/queries.ts'
import { demandSight } from '#server/identity/recusal/queries.ts'
import { found } from '#server/kernel/problem.ts'
import { type Look, sha256 } from '#server/kernel/work.ts'
import { readCycle } from '#server/year/cycle/queries.ts'
import { composeDossier, listDossierVersions, missingForDossier } from './queries.ts'

/** The dossier for the school and its bureau: before it is submitted as it would be frozen now, afterwards as it was, every version. */
export async function readDossier(look: Look, id: string, version?: number) {
  const application = await findApplication(look, id)
  // Who has recused from the school reads nothing that belongs to its review, in whatever role (rule 9).
  if (!worksAt(look.actor, application.schoolId)) await demandSight(look, application)
  const schoolName = await readSchoolName(look.db, application.schoolId)
  const { title } = await readCycle(look.db, application.cycleId)
  const kept = await listDossierVersions(look.db, id)
  const shown =
    version === undefined ? await standing(look, application) : found(kept.find((one) => one.version === version))
  return {
    schoolName,
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
