import { ownSchoolId, system } from '#domain/base/actor.ts'
import { againstCycle } from '#domain/ledger/ledger.ts'
import { faultOf } from '#server/db/errors.ts'
import { cycleOf } from '#server/year/cycle/queries.ts'
import { listTasks } from '#server/ledger/entry/queries.ts'
import { makeForms } from '#server/ledger/form/actions.ts'
import { listForms } from '#server/ledger/form/queries.ts'
import { Problem, refuse } from '#server/kernel/problem.ts'
import type { Exchange } from '#server/kernel/routes.ts'
import { type House, inWork } from '#server/kernel/work.ts'
import { listReachedSchools, readStage } from './queries.ts'

/** What one needs to write and to look things up; the first to ask makes the bureau's usual forms. */
export async function readLedgerDesk({ look, house }: Exchange) {
  const bureauId = look.actor.bureauId
  let forms = await listForms(look.db, bureauId)
  if (forms.length === 0) {
    await makeFormsOnce(house, bureauId)
    forms = await listForms(look.db, bureauId)
  }
  const cycle = await cycleOf(look)
  const schoolId = ownSchoolId(look.actor)
  return {
    today: look.today,
    lateAfterDays: cycle?.settings.lateAfterDays ?? 30,
    cycle: cycle ? { id: cycle.id, title: cycle.title, year: cycle.year } : null,
    forms,
    tasks: cycle && schoolId ? await listTasks(look.db, schoolId, cycle.id) : [],
    stage: schoolId ? await readStage(look.db, schoolId) : '',
    schools: await listReachedSchools(look),
    writing: schoolId ? againstCycle(cycle?.state === 'closed' ? undefined : cycle?.state) : [],
  }
}

async function makeFormsOnce(house: House, bureauId: string): Promise<void> {
  try {
    await inWork(house, system, async (work) => {
      if (!(await makeForms(work, bureauId))) throw refuse('alreadyExists')
    })
  } catch (error) {
    // Somebody else asked at the same moment and was first: the forms are there, which is all that was wanted.
    if (!(error instanceof Problem) && faultOf(error) !== 'unique') throw error
  }
}
