import { useEffect } from 'react'
import { Page } from '#console/house/Page.tsx'

/** Where the code of a page did not arrive: says so, and opens the page by itself once the network is back. */
export function Unread() {
  useEffect(() => {
    const again = () => location.reload()
    addEventListener('online', again)
    return () => removeEventListener('online', again)
  }, [])
  return (
    <Page title="这一页没有打开" width="text">
      <p>网络不通，或者系统刚刚更新过。已填写的内容还在；网络恢复后会自动打开，也可以自己重新打开。</p>
      <p>
        <button type="button" className="button button-primary" onClick={() => location.reload()}>
          重新打开
        </button>
      </p>
    </Page>
  )
}
