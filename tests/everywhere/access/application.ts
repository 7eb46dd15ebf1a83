import type { World } from '#tests/world/world.ts'
import type { AccessRow, AccessRows } from './row.ts'

async function madeApplication(w: World): Promise<string> {
  const clerk = await w.as('clerk')
  return (await clerk.post<{ id: string }>('/api/applications')).body.id
}

const school = { secretary: 'ok', clerk: 'ok' } as const
const strangers = { otherSecretary: 404, otherClerk: 404, farClerk: 404 } as const
const reason = { reason: '演示理由' }

const at =
  (path: string, body?: unknown): AccessRow['call'] =>
  async (w) => ({
    url: `/api/applications/${await madeApplication(w)}${path}`,
    body,
  })
const everySchool = { ...school, otherSecretary: 'ok', otherClerk: 'ok', farClerk: 'ok' } as const

const breaches = (w: World) => `/api/schools/${w.schoolIds[0]}/breaches`
const breach = { kind: 'safety', detail: '演示事故，经认定负主要责任' }
const onlyOffice = { office: 'ok', others: 403 } as const

export const rows: AccessRows = {
  listBreaches: { call: async (w) => ({ url: breaches(w) }), expect: onlyOffice },
  recordBreach: { call: async (w) => ({ url: breaches(w), body: breach }), expect: onlyOffice },
  liftBreach: {
    call: async (w) => {
      const { id } = (await (await w.as('office')).post(breaches(w), breach)).body
      return { url: `/api/breaches/${id}/lift`, body: reason }
    },
    expect: onlyOffice,
  },
  readOwnApplication: { call: async () => ({ url: '/api/applications/own' }), expect: { ...everySchool, others: 403 } },
  draftApplication: { call: async () => ({ url: '/api/applications' }), expect: { ...everySchool, others: 403 } },
  listApplications: {
    call: async () => ({ url: '/api/applications' }),
    expect: { ...everySchool, office: 'ok', leader: 'ok', department: 'ok', others: 403 },
  },
  readApplication: {
    call: at(''),
    expect: { ...school, ...strangers, office: 'ok', leader: 'ok', department: 404, others: 403 },
  },
  readDossier: {
    call: at('/dossier'),
    expect: { ...school, ...strangers, office: 'ok', leader: 'ok', department: 404, others: 403 },
  },
  saveApplication: {
    call: at('', { highlights: '', entryIds: [], updatedAt: '' }),
    expect: { ...school, ...strangers, others: 403 },
  },
  submitApplication: { call: at('/submit'), expect: { secretary: 'ok', otherSecretary: 404, others: 403 } },
  returnApplication: { call: at('/return', { ...reason, seen: '' }), expect: { office: 'ok', others: 403 } },
  admitApplication: { call: at('/admit'), expect: { office: 'ok', others: 403 } },
  refuseApplication: { call: at('/refuse', reason), expect: { office: 'ok', others: 403 } },
  withdrawApplication: { call: at('/withdraw', reason), expect: { secretary: 'ok', otherSecretary: 404, others: 403 } },
  reinstateApplication: { call: at('/reinstate', reason), expect: { office: 'ok', others: 403 } },
}
