import { schoolScope } from '#domain/base/actor.ts'
import { pillars } from '#domain/base/pillar.ts'
import { stageOfAll } from '#domain/base/pupils.ts'
import { participantKinds, participantLabelsOf } from '#domain/ledger/entryContent.ts'
import type { Look } from '#server/kernel/work.ts'
import { cycleOf } from '#server/year/cycle/queries.ts'
import { countTasks, listCountedSchools, sumFiled } from './queries.ts'

/** Pillars, forms and coverage of what was filed: of one school, or of all that the actor reaches (G2, P3). */
export async function readLedgerFigures(
  look: Look,
  asked: { year?: number | undefined; schoolId?: string | undefined },
) {
  const cycle = await cycleOf(look, asked.year)
  const schools = await listCountedSchools(look, asked.schoolId || undefined)
  const whole = 'bureauId' in schoolScope(look.actor) && !asked.schoolId
  const of = { cycleId: cycle?.id ?? '', ...(whole ? {} : { schoolIds: schools.map((one) => one.id) }) }
  const { byPillar, forms, sums } = await sumFiled(look.db, of)
  const tasks = await countTasks(look.db, of)
  const labels = participantLabelsOf(stageOfAll(schools))
  const heads = headsOf(schools)
  return {
    filed: sums.filed,
    late: sums.late,
    schools: schools.length,
    pillars: pillars.map((pillar) => {
      const row = byPillar.find((one) => one.pillar === pillar)
      const planned = tasks.find((one) => one.pillar === pillar)
      return {
        pillar,
        filed: row?.filed ?? 0,
        forms: row?.forms ?? 0,
        tasks: planned?.tasks ?? 0,
        tasksWithEntry: planned?.done ?? 0,
        schoolsWithout: Math.max(0, schools.length - (row?.schools ?? 0)),
      }
    }),
    forms,
    participants: participantKinds.map((kind) => ({
      kind,
      label: labels[kind],
      attended: sums.participants[kind],
      heads: heads[kind],
    })),
  }
}

/** How many there are of each kind who could attend; nobody counts the parents. */
function headsOf(schools: readonly { memberCount: number; staffCount: number; studentCount: number }[]) {
  const sum = (key: 'memberCount' | 'staffCount' | 'studentCount') => schools.reduce((all, one) => all + one[key], 0)
  return {
    memberCount: sum('memberCount'),
    teacherCount: sum('staffCount'),
    pupilCount: sum('studentCount'),
    parentCount: null,
  }
}
