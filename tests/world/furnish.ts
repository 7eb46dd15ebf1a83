import { type Actor, type Role } from '#domain/base/actor.ts'
import defaultStandard from '#domain/year/default-standard.json' with { type: 'json' }
import { addPerson } from '#server/identity/access/actions.ts'
import { assignContact } from '#server/schools/contact/actions.ts'
import { addDepartment, addZone } from '#server/schools/division/actions.ts'
import { addOrganization, addSchool } from '#server/schools/organization/actions.ts'
import { addStandard, createCycle } from '#server/year/cycle/actions.ts'
import { openYear } from '#server/yearTurn.ts'
import type { Work } from '#server/kernel/work.ts'

export type Stock = Awaited<ReturnType<typeof furnish>>

export const nothingMade = (): Stock => ({
  bureauId: '',
  zoneIds: ['', ''],
  departmentId: '',
  schoolIds: ['', '', ''],
  people: new Map(),
  standardId: '',
  cycleId: '',
})

/** A bureau, its people, three schools and an open year; also the stock of a browser test whose subject is something else. */
export async function furnish(work: Work<Actor>) {
  const bureauId = await addOrganization(work, { level: 'district', name: '演示区教育局', shortName: '演示区' })
  const zoneIds: [string, string] = [
    await addZone(work, bureauId, '第一片区'),
    await addZone(work, bureauId, '第二片区'),
  ]
  const departmentId = await addDepartment(work, bureauId, '基础教育股')
  const common = {
    bureauId,
    ownership: '公办',
    partyKind: '党支部',
    memberCount: 20,
    staffCount: 60,
    studentCount: 900,
  }
  const schoolIds: [string, string, string] = [
    await addSchool(work, {
      ...common,
      name: '演示第一小学',
      stage: '小学',
      zoneId: zoneIds[0],
      secretaryName: '演示书记甲',
    }),
    await addSchool(work, {
      ...common,
      name: '演示第二小学',
      stage: '小学',
      zoneId: zoneIds[0],
      secretaryName: '演示书记乙',
    }),
    await addSchool(work, {
      ...common,
      name: '演示幼儿园',
      stage: '幼儿园',
      zoneId: zoneIds[1],
      secretaryName: '演示书记丙',
    }),
  ]
  const people = new Map<string, string>()
  const secretaries = ['演示书记甲', '演示书记乙', '演示书记丙']
  const add = async (key: string, role: Role, organizationId: string, departmentOf?: string) => {
    const loginName = `demo-${people.size + 1}`
    const personId = await addPerson(work, {
      bureauId,
      name: role === 'secretary' ? (secretaries.shift() ?? '') : `演示${key}`,
      loginName,
      grants: [{ role, organizationId, departmentId: departmentOf ?? null }],
    })
    await work.tx.updateTable('account').set({ mustChange: 0 }).where('personId', '=', personId).execute()
    people.set(key, personId)
    return personId
  }
  for (const role of ['office', 'leader', 'reviewer', 'auditor', 'admin', 'security'] as const)
    await add(role, role, bureauId)
  await add('department', 'department', bureauId, departmentId)
  for (const schoolId of schoolIds) {
    await add(`secretary:${schoolId}`, 'secretary', schoolId)
    await add(`clerk:${schoolId}`, 'clerk', schoolId)
  }
  await assignContact(work, { bureauId, personId: people.get('leader') ?? '', zoneId: zoneIds[0] })
  await assignContact(work, { bureauId, departmentId, schoolId: schoolIds[1] })
  const standardId = await addStandard(work, bureauId, defaultStandard.title, defaultStandard)
  const cycleId = await createCycle(work, {
    bureauId,
    year: 2026,
    title: '2026 年度',
    awardTitle: '演示区“一校一品”党建文化品牌项目建设成果奖',
    applyFrom: '2026-10-01',
    applyUntil: '2026-10-31',
    standardId,
    // The tests of naming want certificates; what a year without them shows has tests of its own.
    outcomeKind: 'award',
  })
  await openYear(work, cycleId)
  return { bureauId, zoneIds, departmentId, schoolIds, people, standardId, cycleId }
}
