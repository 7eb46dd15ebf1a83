import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Refused, sentences } from '#console/api.ts'
import { Skeleton } from './Empty.tsx'

/** Shows a query's answer, its skeleton while it is read, or what went wrong and how to go on. */
export function Loaded<T>(props: { query: UseQueryResult<T, Error>; rows?: number; children: (data: T) => ReactNode }) {
  const { query } = props
  if (query.data !== undefined) return <>{props.children(query.data)}</>
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />
  // Without a network the browser does not even ask; it goes on by itself afterwards.
  if (query.fetchStatus === 'paused')
    return (
      <div className="notice notice-warn" role="status">
        <p className="notice-title">网络断开了</p>
        <p>网络恢复后会自动接着读。已填写的内容还在。</p>
      </div>
    )
  return <Skeleton rows={props.rows ?? 5} />
}

/** What went wrong, in words, with the number to quote to the office. */
export function Failure(props: { error: unknown; retry?: () => void }) {
  const { error } = props
  const missing = error instanceof Refused && error.status === 404
  // Asking again does not help where the answer is no.
  const final = error instanceof Refused && [403, 404, 409, 410].includes(error.status)
  const requestId = error instanceof Refused ? error.requestId : ''
  return (
    <div className="notice notice-bad" role="alert">
      <p className="notice-title">{missing ? '没有找到，或者您无权查看' : final ? '现在看不了' : '没有读到内容'}</p>
      {!missing && sentences(error).map((sentence) => <p key={sentence}>{sentence}</p>)}
      {requestId && <p className="quiet">请求编号 {requestId}</p>}
      {props.retry && !final && (
        <button type="button" className="button" onClick={props.retry}>
          再读一次
        </button>
      )}
    </div>
  )
}

/** Every reason at once, above a form or beside an action. */
export function Reasons(props: { title: string; reasons: readonly string[] }) {
  if (props.reasons.length === 0) return null
  return (
    <div className="notice notice-bad" role="alert">
      <p className="notice-title">{props.title}</p>
      <ul>
        {props.reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  )
}
