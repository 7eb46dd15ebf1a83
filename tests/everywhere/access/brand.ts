import type { World } from '#tests/world/world.ts'
import type { AccessRows } from './row.ts'

export const brandBody = {
  version: 0,
  name: '红烛先锋',
  category: '党员示范岗位类',
  concept: '以红烛精神育人，让党员成为课堂里的先锋。',
  connotation: '红烛照亮学生，先锋带动全体教师。',
  slogan: '燃红烛，当先锋',
  localResources: ['红旗渠精神'],
  logoFileId: null,
}

export const argumentationBody = {
  heldOn: '2026-04-20',
  kind: 'branch',
  participants: '全体党员',
  opinions: '同意以红烛为喻。',
  outcome: '通过',
  fileIds: [],
}

/** Gives a school a complete brand, as its clerk would. */
export async function makeBrand(w: World, schoolId = w.schoolIds[0], name = brandBody.name): Promise<string> {
  const clerk = await w.as('clerk', schoolId)
  const { body } = await clerk.put(`/api/schools/${schoolId}/brand`, { ...brandBody, name })
  await clerk.post(`/api/schools/${schoolId}/brand/argumentations`, argumentationBody)
  return body.id
}

/** The first school's record of arguing its brand. */
async function argumentation(w: World): Promise<string> {
  await makeBrand(w)
  const { body } = await (await w.as('clerk')).get(path(w))
  return body.argumentations[0].id
}

const list = { office: 'ok', leader: 'ok', department: 'ok', secretary: 'ok', clerk: 'ok' } as const
const others = { otherSecretary: 'ok', otherClerk: 'ok', farClerk: 'ok', others: 403 } as const
const roleless = { reviewer: 403, auditor: 403, admin: 403, security: 403 } as const
const path = (w: World, rest = '') => `/api/schools/${w.schoolIds[0]}/brand${rest}`

export const rows: AccessRows = {
  listBrands: { call: async () => ({ url: '/api/brands' }), expect: { ...list, ...others } },
  readBrandCoverage: { call: async () => ({ url: '/api/brands/coverage' }), expect: { ...list, ...others } },
  exportBrands: { call: async () => ({ url: '/api/brands.xlsx' }), expect: { ...list, ...others } },
  findSimilarBrands: {
    call: async () => ({ url: '/api/brands/similar?name=a' }),
    expect: { ...list, ...others, leader: 403, department: 403 },
  },
  readBrand: {
    call: async (w) => ({ url: path(w) }),
    expect: { office: 'ok', leader: 'ok', secretary: 'ok', clerk: 'ok', ...roleless, others: 404 },
  },
  saveBrand: {
    call: async (w) => ({ url: path(w), body: brandBody }),
    expect: { secretary: 'ok', clerk: 'ok', ...roleless, office: 403, leader: 403, department: 403, others: 404 },
  },
  addArgumentation: {
    call: async (w) => {
      await makeBrand(w)
      return { url: path(w, '/argumentations'), body: argumentationBody }
    },
    expect: { secretary: 'ok', clerk: 'ok', ...roleless, office: 403, leader: 403, department: 403, others: 404 },
  },
  correctArgumentation: {
    call: async (w) => ({
      url: `/api/argumentations/${await argumentation(w)}/correct`,
      body: { ...argumentationBody, outcome: '原则通过', reason: '写错了', version: 1 },
    }),
    expect: { secretary: 'ok', clerk: 'ok', ...roleless, office: 403, leader: 403, department: 403, others: 404 },
  },
  voidArgumentation: {
    call: async (w) => ({
      url: `/api/argumentations/${await argumentation(w)}/void`,
      body: { reason: '重复', version: 1 },
    }),
    expect: { secretary: 'ok', clerk: 'ok', ...roleless, office: 403, leader: 403, department: 403, others: 404 },
  },
  addBrandCategory: {
    call: async () => ({ url: '/api/brand-categories', body: { label: '传统文化类' } }),
    expect: { office: 'ok', others: 403 },
  },
}
