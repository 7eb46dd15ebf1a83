import { hasRole } from '#domain/base/actor.ts'
import type { Todo } from '#contract/home/todo.ts'
import { hintsOf } from '#server/kernel/hints.ts'
import type { Look } from '#server/kernel/work.ts'

/** What the machine's keeper should set otherwise; the log has it too, but few read a log. */
export async function listHouseTodos(look: Look): Promise<Todo[]> {
  if (!hasRole(look.actor, 'admin')) return []
  const hints = await hintsOf(look.house)
  return hints.map((detail, at) => ({
    id: `house:${at}`,
    kind: 'houseHint',
    title: '系统的设置需要核对',
    detail,
    href: '/healthz',
  }))
}
