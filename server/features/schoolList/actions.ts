import type { SchoolListRow } from '#domain/schoolList.ts'
import type { SchoolPlan } from '#domain/schoolPlan.ts'
import { addPerson } from '#server/features/access/actions.ts'
import { addSchool, addZone, changeSchool, freeCodes } from '#server/features/organization/actions.ts'
import { accountsOfSchools, readDivisions } from '#server/features/organization/store.ts'
import { demand, refuse } from '#server/kernel/problem.ts'
import type { Work } from '#server/kernel/work.ts'
import { judgeSchoolList, refusalsOf, takenLoginNames } from './store.ts'

export interface ListToApply {
  bureauId: string
  bytes: Uint8Array
  cells: string[][]
  /** Of the dry run that was shown; left out by set-up and demonstration, which show none. */
  digest?: string
  accounts: boolean
}

/** Applies a school list as one unit: with a single mistake, or when it would do other than was shown, nothing happens. */
export async function applySchoolList(work: Work, list: ListToApply) {
  const { bureauId } = list
  const judged = await judgeSchoolList(work.db, bureauId, list)
  demand(refusalsOf(judged.reading))
  if (list.digest !== undefined && list.digest !== judged.digest)
    throw refuse('stateChanged', '试读以后，文件或学校名录又有了变化，请重新试读，看过再导入。')
  const { plan } = judged
  for (const name of judged.newZones) await addZone(work, bureauId, name)
  const { zones } = await readDivisions(work.db, bureauId)
  const zoneIds = new Map(zones.map((zone) => [zone.name, zone.id]))

  const placed = new Map<string, SchoolListRow>()
  await freeCodes(work, recoded(plan))
  for (const { schoolId, row, changes, restored } of plan.changed) {
    await changeSchool(work, schoolId, recordOf(row, zoneIds), { changes, restored })
    placed.set(schoolId, row)
  }
  for (const row of plan.added) placed.set(await addSchool(work, { bureauId, ...recordOf(row, zoneIds) }), row)
  for (const { schoolId, row } of plan.unchanged) placed.set(schoolId, row)

  const accounts = list.accounts ? await makeAccounts(work, bureauId, placed) : { made: 0, kept: 0 }
  const done = {
    added: plan.added.length,
    changed: plan.changed.length,
    unchanged: plan.unchanged.length,
    zones: judged.newZones.length,
    accountsMade: accounts.made,
    accountsKept: accounts.kept,
  }
  work.record('schoolList.applied', 'organization', bureauId, { ...done, digest: judged.digest })
  return { ...done, missing: plan.missing }
}

const recoded = (plan: SchoolPlan): string[] =>
  plan.changed.filter((one) => one.changes.some((change) => change.label === '学校标识码')).map((one) => one.schoolId)

function recordOf(row: SchoolListRow, zoneIds: Map<string, string>) {
  const { row: _row, zone, ...record } = row
  const zoneId = zoneIds.get(zone)
  if (!zoneId) throw refuse('invalid', `没有片区“${zone}”。`)
  return { ...record, zoneId }
}

/** A secretary and a clerk for every school that has none yet; who is there stays. */
async function makeAccounts(work: Work, bureauId: string, schools: Map<string, SchoolListRow>) {
  const present = await accountsOfSchools(work.db, [...schools.keys()])
  const wanted = [...schools].flatMap(([schoolId, row]) =>
    (['secretary', 'clerk'] as const).map((role) => ({
      schoolId,
      role,
      name: role === 'secretary' ? row.secretaryName : '党务干事',
      loginName: `${row.code ?? ''}${role === 'secretary' ? 's' : 'c'}`,
      there: present.some((one) => one.organizationId === schoolId && one.role === role),
    })),
  )
  const taken = await takenLoginNames(
    work.db,
    wanted.map((one) => one.loginName),
  )
  let made = 0
  for (const { schoolId, role, name, loginName, there } of wanted) {
    if (there || taken.has(loginName)) continue
    await addPerson(work, { bureauId, name, loginName, grants: [{ role, organizationId: schoolId }] })
    made += 1
  }
  return { made, kept: wanted.length - made }
}
