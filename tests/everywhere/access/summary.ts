import type { World } from '#tests/world/world.ts'
import type { AccessRow, AccessRows } from './row.ts'

/** The first school's draft summary. */
async function madeSummary(w: World): Promise<string> {
  const clerk = await w.as('clerk')
  return (await clerk.post<{ id: string }>('/api/summaries')).body.id
}

const school = { secretary: 'ok', clerk: 'ok' } as const
const strangers = { otherSecretary: 404, otherClerk: 404, farClerk: 404 } as const
const bureau = { office: 'ok', leader: 'ok', department: 404 } as const

const at =
  (path: string, body?: unknown): AccessRow['call'] =>
  async (w) => ({
    url: `/api/summaries/${await madeSummary(w)}${path}`,
    body,
  })

export const rows: AccessRows = {
  openSummary: {
    call: async () => ({ url: '/api/summaries' }),
    expect: { ...school, otherSecretary: 'ok', otherClerk: 'ok', farClerk: 'ok', others: 403 },
  },
  readOwnSummary: {
    call: async () => ({ url: '/api/summaries/own' }),
    expect: { ...school, otherSecretary: 'ok', otherClerk: 'ok', farClerk: 'ok', others: 403 },
  },
  listSummaries: {
    call: async () => ({ url: '/api/summaries' }),
    expect: {
      ...school,
      otherSecretary: 'ok',
      otherClerk: 'ok',
      farClerk: 'ok',
      office: 'ok',
      leader: 'ok',
      department: 'ok',
      others: 403,
    },
  },
  readSummary: { call: at(''), expect: { ...school, ...strangers, ...bureau, others: 403 } },
  saveSummary: {
    call: at('', { achievements: '', problems: '', nextSteps: '', updatedAt: '' }),
    expect: { ...school, ...strangers, others: 403 },
  },
  signSummary: { call: at('/sign'), expect: { secretary: 'ok', otherSecretary: 404, others: 403 } },
  returnSummary: { call: at('/return', { reason: '请补充' }), expect: { office: 'ok', others: 403 } },
  amendSummary: {
    call: async (w) => {
      const asked = await at('/accept')(w)
      const office = await w.as('office')
      await office.post(asked.url)
      const url = asked.url.replace('/accept', '/amend')
      const { updatedAt } = (await office.get(asked.url.replace('/accept', ''))).body
      return { url, body: { reason: '数字有误', seen: updatedAt } }
    },
    expect: { office: 'ok', others: 403 },
  },
  acceptSummary: { call: at('/accept'), expect: { office: 'ok', others: 403 } },
}
