import { type Actor, hasRole, type Role, roleLabels } from '#domain/base/actor.ts'
import { againstPassword, type PasswordContext } from './password.ts'
import { againstBlank, type Refusal, refusal } from '#domain/base/refusal.ts'
import { tooLong } from '#domain/base/text.ts'

export const accountStates = ['active', 'disabled'] as const
export type AccountState = (typeof accountStates)[number]

/** One writing of a login name: without spaces around, in lower case, full-width characters made narrow. */
export const normalLoginName = (typed: string): string => typed.normalize('NFKC').trim().toLowerCase()

export function againstLoginName(typed: string, field = 'loginName'): Refusal[] {
  if (/^[\p{L}\p{N}][\p{L}\p{N}._-]{1,31}$/u.test(normalLoginName(typed))) return []
  return [refusal('invalid', '登录名要 2–32 个字符，用字母、数字、汉字、点、横线或下划线。', { field })]
}

/** Accounts are made before anybody knows who will hold the post; such a name says the post and nobody. */
export const POST_NAMES: readonly string[] = ['党务干事', '干事', '书记', '党组织书记', ...Object.values(roleLabels)]
const bare = (name: string): string => name.normalize('NFKC').replace(/\s/gu, '')
export const isPostName = (name: string): boolean => POST_NAMES.includes(bare(name))

/** Whether two writings name one person: lists put spaces into names of two characters. */
export const isSameName = (a: string, b: string): boolean => bare(a) === bare(b)

const PERSON_NAME_LIMIT = 30

/** The own name, entered with the first password: an account that names a post gets it, one that names a person keeps its own. */
export function againstOwnName(kept: string, typed: string): Refusal[] {
  const field = 'personName'
  const name = typed.trim()
  if (isPostName(kept)) {
    if (name === '' || isPostName(name)) return [refusal('incomplete', '请填写您的真实姓名。', { field })]
    const { length } = [...name]
    return length > PERSON_NAME_LIMIT
      ? [refusal('invalid', `姓名${tooLong(length, PERSON_NAME_LIMIT)}。`, { field })]
      : []
  }
  if (name === '' || isSameName(kept, name)) return []
  return [
    refusal('invalid', `这个账号是${kept}的，与您填的姓名不同。姓名写错了，或者换了人，请先联系系统管理员。`, {
      field,
    }),
  ]
}

/** Keepers write a name right; another person gets an account of their own. */
export function againstRenaming(actor: Actor, name: string, kept: string): Refusal[] {
  if (!hasRole(actor, 'admin', 'security')) return [refusal('roleMissing')]
  if (name === kept) return [refusal('invalid', '姓名没有改动。', { field: 'name' })]
  return isPostName(name) ? [refusal('invalid', '请填写真实姓名，不要填岗位。', { field: 'name' })] : []
}

/** For how many days a slip may be good: handed over in person, it has to outlive a weekend. */
export const SLIP_DAYS = { least: 3, most: 14, usual: 7 } as const

export interface SetupPerson {
  /** Prefix of the fields of the form. */
  key: 'office' | 'admin' | 'security' | 'auditor'
  name: string
  loginName: string
  password: string
  again: string
}

export interface Setup {
  bureauName: string
  shortName: string
  provinceName: string
  cityName: string
  people: readonly SetupPerson[]
}

export const setupLabels = {
  office: '局党工委办账号',
  admin: '系统管理员',
  security: '安全管理员',
  auditor: '审计员',
} as const

/** A person who may be left out is left out when no field of it is filled. */
export const isLeftOut = (person: SetupPerson): boolean =>
  (person.key === 'security' || person.key === 'auditor') &&
  [person.name, person.loginName, person.password, person.again].every((value) => value.trim() === '')

/** Every mistake of the setup form at once. */
export function againstSettingUp(setup: Setup): Refusal[] {
  const people = setup.people.filter((person) => !isLeftOut(person))
  const reasons = againstBlank({
    bureauName: { label: '教育局全称', value: setup.bureauName },
    shortName: { label: '简称', value: setup.shortName },
  })
  for (const person of people) {
    const label = setupLabels[person.key]
    reasons.push(...againstBlank({ [`${person.key}Name`]: { label: `${label}：姓名`, value: person.name } }))
    reasons.push(...againstLoginName(person.loginName, `${person.key}LoginName`))
    reasons.push(
      ...againstNewPassword(
        person,
        { loginName: person.loginName, personName: person.name, names: [setup.bureauName, setup.shortName] },
        { first: `${person.key}Password`, again: `${person.key}Again` },
      ),
    )
  }
  return [...reasons, ...againstSamePerson(people)]
}

/** The office and the administrators are different people, so that nobody checks themself (三员分立). */
function againstSamePerson(people: readonly SetupPerson[]): Refusal[] {
  const reasons: Refusal[] = []
  people.forEach((person, index) => {
    const earlier = people.slice(0, index)
    const label = setupLabels[person.key]
    const loginName = normalLoginName(person.loginName)
    const sameLogin = earlier.find((one) => loginName !== '' && normalLoginName(one.loginName) === loginName)
    if (sameLogin)
      reasons.push(
        refusal('invalid', `${label}与${setupLabels[sameLogin.key]}的登录名相同，请换一个。`, {
          field: `${person.key}LoginName`,
        }),
      )
    const sameName = earlier.find((one) => person.name.trim() !== '' && one.name.trim() === person.name.trim())
    if (sameName)
      reasons.push(
        refusal('invalid', `${label}与${setupLabels[sameName.key]}须是不同的人；如确为重名，请在姓名后加注区分。`, {
          field: `${person.key}Name`,
        }),
      )
  })
  return reasons
}

export function againstNewPassword(
  typed: { password: string; again: string },
  context: PasswordContext,
  fields: { first: string; again: string } = { first: 'password', again: 'again' },
): Refusal[] {
  const reasons: Refusal[] = againstPassword(typed.password, context).map((one) => ({ ...one, field: fields.first }))
  if (typed.password.normalize('NFC') !== typed.again.normalize('NFC'))
    reasons.push(refusal('invalid', '两次输入的密码不一样。', { field: fields.again }))
  return reasons
}

/** Roles that keep watch over the others do no business themselves (三员分立). */
const watchers: readonly Role[] = ['admin', 'security', 'auditor']

/** The auditor shares a person with neither administration. */
const apartFromAuditor: readonly Role[] = ['admin', 'security']

/** Who may give or take a role: never one's own; audit stays apart from administration, and both from the bureau's business (三员分立). */
export function againstGranting(
  actor: Actor,
  person: { personId: string; roles: readonly Role[] },
  wanted?: { role: Role; isSchool: boolean; departmentId: string | null; otherSchool?: string | undefined },
): Refusal[] {
  const reasons: Refusal[] = []
  if (actor.personId === person.personId)
    reasons.push(refusal('sameDoer', '不能给自己授予或撤销岗位，请由另一位安全管理员办理。'))
  if (!wanted) return reasons
  const { role } = wanted
  const invalid = (message: string, field = 'role') => reasons.push(refusal('invalid', message, { field }))
  if (role === 'auditor' && person.roles.some((one) => apartFromAuditor.includes(one)))
    invalid('审计员不能同时是系统管理员或安全管理员（三员分立）。')
  if (apartFromAuditor.includes(role) && person.roles.includes('auditor'))
    invalid('审计员不能再担任系统管理员或安全管理员（三员分立）。')
  const other = person.roles.find((one) => watchers.includes(one) !== watchers.includes(role))
  if (other)
    invalid(
      `这个人是${roleLabels[other]}。系统管理员、安全管理员、审计员不能兼任业务岗位（三员分立），请为另一人授予，或先撤销原岗位。`,
    )
  const forSchool = role === 'secretary' || role === 'clerk'
  if (forSchool !== wanted.isSchool)
    invalid(forSchool ? '这个岗位须选一所学校。' : '这个岗位属于教育局，不能选学校。', 'organizationId')
  // What a school's person writes goes to the one school of the account; a second one would fill up the first.
  if (forSchool && wanted.otherSchool !== undefined)
    invalid(
      `这个人已在${wanted.otherSchool}任书记或干事。一个账号只为一所学校填报，请为第二所学校另建账号。`,
      'organizationId',
    )
  if (role === 'department' && wanted.departmentId === null) invalid('联系股室的岗位须选一个股室。', 'departmentId')
  return reasons
}

/** The administrator keeps accounts, but not the own one: somebody must remain who can. `forTwo`: a slip that another person has to release. */
export function againstKeepingAccount(
  actor: Actor,
  person: { personId: string; name?: string; state: string; forTwo?: boolean },
  action: 'disable' | 'enable' | 'issueActivation',
): Refusal[] {
  const reasons: Refusal[] = []
  if (action === 'disable' && actor.personId === person.personId)
    reasons.push(refusal('sameDoer', '不能停用自己的账号，请由另一位系统管理员办理。'))
  if (action === 'issueActivation' && actor.personId === person.personId)
    reasons.push(refusal('sameDoer', '自己的密码请在“修改密码”里改。', { href: '/account/password' }))
  if (action === 'issueActivation' && person.forTwo)
    reasons.push(
      refusal(
        'twoPeople',
        `${person.name ?? '这个人'}的账号已经启用过，或者有局内重要岗位：请先申请重设密码，由另一位管理员放行后再打印。`,
        { href: '/console/account-requests' },
      ),
    )
  const wants = action === 'enable' ? 'disabled' : 'active'
  if (person.state !== wants)
    reasons.push(refusal('notInThisState', wants === 'active' ? '账号已停用，请先恢复。' : '账号没有停用。'))
  return reasons
}
