import { system } from '#domain/base/actor.ts'
import { addPerson } from '#server/identity/access/actions.ts'
import { askSlips } from '#server/identity/accountRequest/actions.ts'
import { givePassword, type World } from '#tests/world/world.ts'
import type { AccessRow, AccessRows } from './row.ts'

const anybody = (call: AccessRow['call']): AccessRow => ({ call, expect: { visitor: 'ok', others: 'ok' } })
const signedIn = (call: AccessRow['call']): AccessRow => ({ call, expect: { others: 'ok' } })
const at = (url: string) => async () => ({ url })

const PASSWORD = '春天里种一棵槐树 2026 K9'

async function officeSignsIn(w: World) {
  const personId = w.personOf('office')
  await givePassword(w, personId, PASSWORD)
  const { loginName } = await w.house.database.reader
    .selectFrom('account')
    .select('loginName')
    .where('personId', '=', personId)
    .executeTakeFirstOrThrow()
  return { url: '/sign-in', form: { loginName, password: PASSWORD } }
}

const keepers = { admin: 'ok', security: 'ok' } as const

const newcomer = (w: World): Promise<string> =>
  w.work(system, (work) =>
    addPerson(work, {
      bureauId: w.bureauId,
      name: '演示新人',
      loginName: 'newcomer',
      grants: [{ role: 'reviewer', organizationId: w.bureauId }],
    }),
  )

/** A request about the second administrator, by the first. */
const asked = (action: string) => async (w: World) => {
  const id = await w.work(await w.actorOf('admin'), async (work) => {
    const personId = await addPerson(work, {
      bureauId: w.bureauId,
      name: '演示安全管理员二',
      loginName: `second-${work.newId()}`,
      grants: [{ role: 'security', organizationId: w.bureauId }],
    })
    return (await askSlips(work, [personId], '本人忘记密码')).ids[0]
  })
  return { url: `/api/account-requests/${id}/${action}` }
}

export const rows: AccessRows = {
  readMe: { call: at('/api/me'), expect: { others: 'ok' } },
  healthz: anybody(at('/healthz')),
  readyz: anybody(at('/readyz')),
  livez: anybody(at('/livez')),
  openapi: anybody(at('/api/openapi.json')),
  apiDocs: anybody(at('/api-docs')),
  setupPage: anybody(at('/setup?token=wrong')),
  demoPage: anybody(at('/setup/demo?token=wrong')),
  startDemoForm: anybody(async () => ({ url: '/setup/demo', form: { token: 'wrong' } })),
  setUpForm: anybody(async () => ({ url: '/setup', form: { token: 'wrong' } })),
  signInPage: anybody(at('/sign-in')),
  signInForm: anybody(officeSignsIn),
  signOutForm: anybody(async () => ({ url: '/sign-out', form: {} })),
  activatePage: anybody(at('/activate')),
  activateForm: {
    call: async () => ({ url: '/activate', form: { loginName: 'nobody', code: 'x' } }),
    expect: { visitor: 401, others: 401 },
  },
  passwordPage: signedIn(at('/account/password')),
  changePasswordForm: signedIn(async () => ({ url: '/account/password', form: { current: 'x' } })),
  mySessionsPage: signedIn(at('/account/sessions')),
  listAccounts: { call: at('/api/accounts'), expect: { ...keepers, others: 403 } },
  readAccount: {
    call: async (w) => ({ url: `/api/accounts/${w.personOf('clerk')}` }),
    expect: { ...keepers, others: 403 },
  },
  listPlaces: { call: at('/api/accounts-places'), expect: { security: 'ok', others: 403 } },
  exportAccounts: { call: at('/api/accounts-export'), expect: { ...keepers, others: 403 } },
  addAccount: {
    call: async () => ({ url: '/api/accounts', body: { name: '演示新人', loginName: 'newcomer' } }),
    expect: { admin: 'ok', others: 403 },
  },
  disableAccount: {
    call: async (w) => ({ url: `/api/accounts/${await newcomer(w)}/disable`, body: { reason: '调离' } }),
    expect: { admin: 'ok', others: 403 },
  },
  renamePerson: {
    call: async (w) => ({
      url: `/api/accounts/${await newcomer(w)}/rename`,
      body: { name: '演示新人丙', seen: '演示新人' },
    }),
    expect: { ...keepers, others: 403 },
  },
  enableAccount: {
    call: async (w) => ({ url: `/api/accounts/${w.personOf('clerk')}/enable` }),
    expect: { admin: 'ok', others: 403 },
  },
  giveRole: {
    call: async (w) => ({
      url: `/api/accounts/${w.personOf('office')}/grants`,
      body: { role: 'reviewer', organizationId: w.bureauId },
    }),
    expect: { security: 'ok', others: 403 },
  },
  takeRole: {
    call: async (w) => {
      const personId = await newcomer(w)
      const grant = await w.house.database.reader
        .selectFrom('roleGrant')
        .select('id')
        .where('personId', '=', personId)
        .executeTakeFirstOrThrow()
      return { url: `/api/accounts/${personId}/grants/${grant.id}/revoke` }
    },
    expect: { security: 'ok', others: 403 },
  },
  unlockAccount: {
    call: async (w) => ({ url: `/api/accounts/${w.personOf('clerk')}/unlock` }),
    expect: { security: 'ok', others: 403 },
  },
  printSlipsForm: {
    // Who only released may not print; who asked may.
    call: async (w) => ({ url: '/accounts/slips', form: { id: w.personOf('clerk') } }),
    expect: { admin: 'ok', others: 403 },
  },
  listRequests: {
    call: at('/api/account-requests'),
    expect: { ...keepers, office: 'ok', auditor: 'ok', others: 403 },
  },
  askSlips: {
    call: async (w) => ({
      url: '/api/account-requests',
      body: { personIds: [w.personOf('leader')], reason: '本人忘记密码' },
    }),
    expect: { ...keepers, others: 403 },
  },
  releaseRequest: { call: asked('release'), expect: { security: 'ok', office: 'ok', others: 403 } },
  refuseRequest: {
    call: async (w) => ({ ...(await asked('refuse')(w)), body: { reason: '没有见到本人' } }),
    expect: { security: 'ok', office: 'ok', others: 403 },
  },
  withdrawRequest: { call: asked('withdraw'), expect: { admin: 'ok', others: 403 } },
  noteRequest: { call: asked('note'), expect: { auditor: 'ok', others: 403 } },
  resetPage: signedIn(at('/account/reset')),
  confirmResetForm: {
    call: async () => ({ url: '/account/reset', form: { mine: 'yes' } }),
    // Nobody here has a password that waits to be confirmed.
    expect: { others: 404 },
  },
  listAudit: { call: at('/api/audit'), expect: { auditor: 'ok', others: 403 } },
  listAuditEvents: { call: at('/api/audit/events'), expect: { auditor: 'ok', others: 403 } },
  verifyAudit: { call: at('/api/audit/verify'), expect: { auditor: 'ok', others: 403 } },
  exportAudit: { call: at('/api/audit/export'), expect: { auditor: 'ok', others: 403 } },
  endMySessionsForm: signedIn(async () => ({ url: '/account/sessions', form: {} })),
}
