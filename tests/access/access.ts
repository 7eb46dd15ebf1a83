import { givePassword, type World } from '#tests/world.ts'
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

export const rows: AccessRows = {
  readMe: { call: at('/api/me'), expect: { others: 'ok' } },
  setupPage: anybody(at('/setup?token=wrong')),
  setUpForm: anybody(async () => ({ url: '/setup', form: { token: 'wrong' } })),
  signInPage: anybody(at('/sign-in')),
  signInForm: anybody(officeSignsIn),
  signOutForm: anybody(async () => ({ url: '/sign-out', form: {} })),
  activatePage: anybody(at('/activate')),
  activateForm: {
    call: async () => ({ url: '/activate', form: { loginName: 'nobody', code: 'x' } }),
    expect: { visitor: 401, office: 401, leader: 401, department: 401, reviewer: 401, others: 'ok' },
  },
  passwordPage: signedIn(at('/account/password')),
  changePasswordForm: signedIn(async () => ({ url: '/account/password', form: { current: 'x' } })),
  mySessionsPage: signedIn(at('/account/sessions')),
  endMySessionsForm: signedIn(async () => ({ url: '/account/sessions', form: {} })),
}
