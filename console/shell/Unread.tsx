import { useEffect } from 'react'
import { Page } from '#console/house/Page.tsx'

const ASK_EVERY = 5_000
/** A page that never arrives is not opened again and again: this long after the last time only a press does it. */
const REST = 60_000
const KEPT = 'yipin:reopened'

const reachable = (): Promise<boolean> =>
  fetch('/healthz', { cache: 'no-store' }).then(
    () => true,
    () => false,
  )

function restedSince(): boolean {
  const last = Number(sessionStorage.getItem(KEPT) ?? 0)
  return Date.now() - last > REST
}

function reopen() {
  sessionStorage.setItem(KEPT, String(Date.now()))
  location.reload()
}

/** Where the code of a page did not arrive: says so, and opens the page by itself once the server can be reached. */
export function Unread() {
  useEffect(() => {
    let unreached = false
    const ask = async () => {
      if (!(await reachable())) unreached = true
      // Reached after it could not be reached, or after an update that took the old code away.
      else if (unreached || restedSince()) reopen()
    }
    void ask()
    const asking = setInterval(() => void ask(), ASK_EVERY)
    const back = () => void ask()
    addEventListener('online', back)
    return () => {
      clearInterval(asking)
      removeEventListener('online', back)
    }
  }, [])
  return (
    <Page title="这一页没有打开" width="text">
      <p>网络不通，或者系统刚刚更新过。已填写的内容还在；网络恢复后会自动打开，也可以自己重新打开。</p>
      <p>
        <button type="button" className="button button-main" onClick={reopen}>
          重新打开
        </button>
      </p>
    </Page>
  )
}
