import type { World } from '#tests/world/world.ts'

/** Everyone who may knock: `other…` belong to the second school of the same zone, `far…` to the third in another zone. */
export const callers = [
  'visitor',
  'office',
  'leader',
  'department',
  'reviewer',
  'secretary',
  'clerk',
  'otherSecretary',
  'otherClerk',
  'farClerk',
  'auditor',
  'admin',
  'security',
] as const
export type CallerName = (typeof callers)[number]

/** `ok` is any answer but 401, 403 and 404: the caller may knock there, whatever the state then says. */
export type Outcome = 'ok' | 401 | 403 | 404

/**
 * One endpoint or page: what to call (made in a fresh world, for a thing of the FIRST school where it is of a school) and what
 * each caller gets. A caller not named gets `others`; a visitor not named gets 401. Endpoints that change state are called
 * once per caller in the order of `callers`, so an `ok` may be a 409.
 */
export interface AccessRow {
  call(w: World): Promise<{ url: string; body?: unknown; form?: Record<string, string> }>
  expect: Partial<Record<CallerName, Outcome>> & { others: Outcome }
}

export type AccessRows = Record<string, AccessRow>
