import { Link, useRouteError } from 'react-router'
import { Refused } from '#console/api.ts'
import { Page } from '#console/house/Page.tsx'

/** Where a defect of a page ends: plain words, nothing typed is lost, and a number to quote. */
export function Trouble(props: { inside?: boolean }) {
  const error = useRouteError()
  // A new release removes the old chunks: reading the page again is all it takes.
  const outdated = error instanceof TypeError && /module|import/i.test(error.message)
  const requestId = error instanceof Refused ? error.requestId : ''
  const words = (
    <Page title={outdated ? '系统刚刚更新过' : '这一页出了问题'} width="text">
      <p>
        {outdated
          ? '请重新打开这一页。已填写的内容还在。'
          : '不是您的操作有误。已填写的内容还在，请重新打开这一页；如果仍然这样，请告诉局党工委办。'}
      </p>
      {requestId && <p className="quiet">请求编号 {requestId}</p>}
      <p>
        <button type="button" className="button button-main" onClick={() => location.reload()}>
          重新打开
        </button>
      </p>
    </Page>
  )
  return props.inside ? words : <main className="main main-alone">{words}</main>
}

export function NotFound() {
  return (
    <Page title="没有这一页" width="text">
      <p>地址可能抄错了，或者这项内容已经移走。</p>
      <p>
        <Link to="/">回到我的待办</Link>
      </p>
    </Page>
  )
}
