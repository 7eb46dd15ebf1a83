import type { ReactNode } from 'react'
import { Empty } from './Empty.tsx'
import { type Asked, whyNothing } from './nothing.ts'

/** What stands in place of the rows of a list: the truth about why there are none, and what to do. */
export function NoRows(props: {
  asked: Asked
  /** There is nothing yet: what this will hold, and what brings it here. */
  empty: { title: string; hint?: ReactNode; action?: ReactNode }
  /** Takes all conditions away. */
  clear: () => void
  go: (page: number) => void
}) {
  const why = whyNothing(props.asked)
  if (why.kind === 'past')
    return (
      <Empty
        title={why.title}
        hint={why.hint}
        action={
          <button type="button" className="button" onClick={() => props.go(why.last)}>
            看第 {why.last} 页
          </button>
        }
      />
    )
  if (why.kind === 'filtered')
    return (
      <Empty
        title={why.title}
        hint={why.hint}
        action={
          <button type="button" className="button" onClick={props.clear}>
            清除条件
          </button>
        }
      />
    )
  if (why.kind === 'year')
    return (
      <Empty
        {...props.empty}
        hint={
          <>
            {why.hint} {props.empty.hint}
          </>
        }
      />
    )
  return <Empty {...props.empty} />
}
