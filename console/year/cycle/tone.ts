/** The colour that repeats a year's state. */
export const cycleTone = (state: 'draft' | 'open' | 'closed') =>
  state === 'open' ? ('info' as const) : state === 'draft' ? ('warn' as const) : ('quiet' as const)
