import type { World } from '#tests/world/world.ts'
import type { AccessRows } from './row.ts'

const onlyOffice = { office: 'ok', others: 403 } as const
/** Those with business inside schools; the rest have no use for the list. */
const inBureau = {
  office: 'ok',
  leader: 'ok',
  department: 'ok',
  secretary: 'ok',
  clerk: 'ok',
  otherSecretary: 'ok',
  otherClerk: 'ok',
  farClerk: 'ok',
  others: 403,
} as const
const ofFirstSchool = {
  office: 'ok',
  leader: 'ok',
  secretary: 'ok',
  clerk: 'ok',
  department: 404,
  otherSecretary: 404,
  otherClerk: 404,
  farClerk: 404,
  others: 403,
} as const

const counts = { memberCount: 20, staffCount: 60, studentCount: 900, contactName: null, contactPhone: null }
const facts = (w: World) => ({
  name: '演示第一小学',
  stage: '小学',
  ownership: '公办',
  zoneId: w.zoneIds[0],
  groupId: null,
  code: null,
  partyKind: '党支部',
  secretaryName: '演示书记甲',
  ...counts,
})
const get = (url: string) => async () => ({ url })
const schoolIds = (w: World) => [w.schoolIds[0]]

export const rows: AccessRows = {
  listSchools: { call: get('/api/schools'), expect: inBureau },
  exportSchools: { call: get('/api/schools.xlsx'), expect: inBureau },
  readSchool: { call: async (w) => ({ url: `/api/schools/${w.schoolIds[0]}` }), expect: ofFirstSchool },
  createSchool: {
    call: async (w) => ({
      url: '/api/schools',
      body: { ...facts(w), name: '演示新建小学', code: '2141503777', accounts: true },
    }),
    expect: onlyOffice,
  },
  schoolListTemplate: { call: get('/api/school-list/template.xlsx'), expect: onlyOffice },
  editSchool: {
    call: async (w) => ({ url: `/api/schools/${w.schoolIds[0]}`, body: facts(w) }),
    expect: onlyOffice,
  },
  confirmSchool: {
    call: async (w) => ({ url: `/api/schools/${w.schoolIds[0]}/counts`, body: counts }),
    expect: { ...ofFirstSchool, leader: 403, department: 403 },
  },
  restoreSchool: {
    call: async (w) => {
      const [id] = w.schoolIds
      await (await w.as('office')).post('/api/schools/retire', { schoolIds: [id], reason: '点错了' })
      return { url: `/api/schools/${id}/restore`, body: { reason: '撤并错了' } }
    },
    expect: onlyOffice,
  },
  retireSchools: {
    call: async (w) => ({ url: '/api/schools/retire', body: { schoolIds: schoolIds(w), reason: '并入第二小学' } }),
    expect: onlyOffice,
  },
  readTree: { call: get('/api/organizations'), expect: inBureau },
  readDivisions: { call: get('/api/divisions'), expect: { others: 'ok' } },
  addDivision: {
    call: async () => ({ url: '/api/divisions/zones', body: { name: '第三片区' } }),
    expect: onlyOffice,
  },
  renameDivision: {
    call: async (w) => ({ url: `/api/divisions/departments/${w.departmentId}`, body: { name: '教育股' } }),
    expect: onlyOffice,
  },
  removeZone: {
    call: async (w) => ({
      url: `/api/zones/${w.zoneIds[1]}/remove`,
      body: { intoId: w.zoneIds[0], reason: '片区调整' },
    }),
    expect: onlyOffice,
  },
  listGroups: { call: get('/api/school-groups'), expect: inBureau },
  addGroup: {
    call: async (w) => ({ url: '/api/school-groups', body: { name: '演示教育集团', schoolIds: schoolIds(w) } }),
    expect: onlyOffice,
  },
  editGroup: {
    call: async (w) => {
      const office = await w.as('office')
      const { body } = await office.post('/api/school-groups', { name: '演示教育集团', schoolIds: [] })
      return { url: `/api/school-groups/${body.id}`, body: { name: '演示集团', schoolIds: schoolIds(w), seen: '' } }
    },
    expect: onlyOffice,
  },
  listPeople: { call: get('/api/people?role=leader'), expect: onlyOffice },
  readDuties: { call: get('/api/contacts'), expect: inBureau },
  exportDuties: { call: get('/api/contacts.xlsx'), expect: inBureau },
  setZoneLeaders: {
    call: async (w) => ({
      url: `/api/contacts/zones/${w.zoneIds[0]}`,
      body: { personIds: [w.personOf('leader')], seen: '' },
    }),
    expect: onlyOffice,
  },
  setSchoolDepartment: {
    call: async (w) => ({
      url: '/api/contacts/schools',
      body: { schoolIds: schoolIds(w), departmentId: w.departmentId },
    }),
    expect: onlyOffice,
  },
  checkSchoolList: { call: get('/api/school-list/check'), expect: onlyOffice },
  applySchoolList: {
    call: get(`/api/school-list/apply?accounts=no&digest=${'0'.repeat(64)}`),
    expect: onlyOffice,
  },
  printSlips: {
    call: async (w) => ({ url: '/schools/slips', form: { schoolIds: w.schoolIds[0] } }),
    expect: onlyOffice,
  },
}
