import type { z } from 'zod'
import { againstGranting, againstKeepingAccount } from '#domain/identity/account.ts'
import { againstAskingSlip, needsTwo } from '#domain/identity/accountRequest.ts'
import { hasRole } from '#domain/base/actor.ts'
import { keysOf } from '#domain/base/record.ts'
import type { readAccount } from '#contract/identity/account.ts'
import type { Todo } from '#contract/home/todo.ts'
import { withOpenRequest } from '#server/identity/accountRequest/queries.ts'
import { lockedNames } from '#server/kernel/attempts.ts'
import type { Look } from '#server/kernel/work.ts'
import { countAccounts, findPerson } from './queries.ts'

type Detail = z.infer<(typeof readAccount)['reply']>
type Person = Awaited<ReturnType<typeof findPerson>>

/** The account with what the actor may do to it and why not. */
export async function readAccountDetail(look: Look, personId: string): Promise<Detail> {
  const account = await findPerson(look, personId)
  const { passwordHash, roles: _roles, grants, ...person } = account
  const locked = (await lockedNames(look, [person.loginName])).has(person.loginName)
  return {
    ...person,
    waiting: passwordHash === null,
    locked,
    grants: grants.map(({ id, role, roleLabel, organizationName, departmentName, createdAt }) => ({
      id,
      role,
      roleLabel,
      organizationName,
      departmentName,
      createdAt,
    })),
    moves: await movesOfAccount(look, account, locked),
  }
}

async function movesOfAccount(look: Look, person: Person, locked: boolean): Promise<Detail['moves']> {
  const { personId, roles, passwordHash } = person
  const moves: Detail['moves'] = {}
  if (hasRole(look.actor, 'admin')) {
    const action = person.state === 'active' ? 'disable' : 'enable'
    moves[action] = againstKeepingAccount(look.actor, person, action)
    moves['issueActivation'] = againstKeepingAccount(look.actor, person, 'issueActivation')
  }
  const activated = passwordHash !== null
  if (hasRole(look.actor, 'admin', 'security')) moves['rename'] = []
  if (hasRole(look.actor, 'admin', 'security') && needsTwo({ activated, roles })) {
    const open = (await withOpenRequest(look, [personId])).has(personId)
    moves['askSlip'] = againstAskingSlip(look.actor, { ...person, activated, open })
  }
  if (hasRole(look.actor, 'security')) {
    moves['giveRole'] = againstGranting(look.actor, person)
    moves['takeRole'] = againstGranting(look.actor, person)
    if (locked) moves['unlock'] = []
  }
  return moves
}

interface Kind {
  title: string
  /** What is to be done about so many accounts, as the keepers or the office read it. */
  detail: (count: number, keeps: boolean) => string
  may: (look: Look) => boolean
}

const keeps = (look: Look): boolean => hasRole(look.actor, 'admin', 'security')

const kinds: Record<'former' | 'post' | 'left' | 'bare', Kind> = {
  former: {
    title: '书记的账号与名录不符',
    detail: (count, isKeeper) =>
      isKeeper
        ? `${count} 个账号的姓名不是名录里的书记，不能签署。换了人的请停用，为新书记另建账号；姓名写错的请更正。`
        : `${count} 个账号的姓名不是名录里的书记，不能签署。名录写错的请改正；换了人的，请系统管理员停用旧账号、为新书记建账号。`,
    may: (look) => hasRole(look.actor, 'admin', 'security', 'office'),
  },
  post: {
    title: '账号没有写真实姓名',
    detail: (count) => `${count} 个账号写的是岗位（如“党务干事”），看不出是谁办的事。请更正为真实姓名。`,
    may: keeps,
  },
  left: {
    title: '撤并学校的账号还能登录',
    detail: (count) => `${count} 个账号。系统管理员停用账号，或者安全管理员撤销岗位。`,
    may: keeps,
  },
  bare: {
    title: '新账号待授予岗位',
    detail: (count) => `${count} 个账号没有岗位，登录后什么也看不到。`,
    may: (look) => hasRole(look.actor, 'security'),
  },
}

/** Accounts that ask for a decision of their keepers: of a school that is gone, or of a person without a role. */
export async function listAccountTodos(look: Look): Promise<Todo[]> {
  const todos: Todo[] = []
  for (const state of keysOf(kinds)) {
    const { title, detail, may } = kinds[state]
    const count = may(look) ? await countAccounts(look, state) : 0
    if (count === 0) continue
    const href = keeps(look) ? `/console/accounts?state=${state}` : '/console/schools'
    const kind = `account${state.charAt(0).toUpperCase()}${state.slice(1)}`
    todos.push({ id: `account:${state}`, kind, title, detail: detail(count, keeps(look)), href })
  }
  return todos
}
