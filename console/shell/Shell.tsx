import { Suspense, useEffect, useRef, useState } from 'react'
import { Outlet, useLocation, useNavigation } from 'react-router'
import { listen } from '#console/house/announce.ts'
import { Skeleton } from '#console/house/Empty.tsx'
import { Failure } from '#console/house/Loaded.tsx'
import { useNarrow } from '#console/house/narrow.ts'
import { useMe } from '#console/me.ts'
import { Menu } from './Menu.tsx'
import { PersonMenu } from './PersonMenu.tsx'
import './Shell.css'

/** Header, menu and the page itself; nothing below is drawn before it is known who is there. */
export function Shell() {
  const me = useMe()
  const narrow = useNarrow(769)
  const [open, setOpen] = useState(false)
  const { pathname } = useLocation()
  const navigation = useNavigation()
  const drawer = useRef<HTMLDialogElement>(null)
  const main = useRef<HTMLElement>(null)
  const side = useRef<HTMLElement>(null)
  const placed = useRef('')
  const shown = useRef(pathname)

  // A new page starts at its heading, for the eye and for the screen reader; the first one at the top as usual.
  useEffect(() => {
    if (shown.current === pathname) return
    shown.current = pathname
    window.scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }, [pathname])
  useEffect(() => {
    const dialog = drawer.current
    if (!dialog) return
    // Firefox 91 knows no dialogs: there the attribute alone shows and hides it.
    if (!('showModal' in dialog)) (dialog as HTMLElement).toggleAttribute('open', open)
    else if (open && !dialog.open) dialog.showModal()
    else if (!open && dialog.open) dialog.close()
  }, [open])

  const grants = me.data?.grants
  // The office's menu is longer than a small screen: the place where one is must not be the part that is cut off.
  useEffect(() => {
    const menu = side.current
    const here = menu?.querySelector<HTMLElement>('a.active')
    if (!menu || !here || placed.current === pathname) return
    placed.current = pathname
    const below = here.offsetTop + here.offsetHeight - menu.scrollTop
    if (here.offsetTop < menu.scrollTop || below > menu.clientHeight)
      menu.scrollTop = here.offsetTop - menu.clientHeight / 2
  })
  return (
    <div className="shell">
      <a className="skip" href="#main">
        跳到正文
      </a>
      <header className="top">
        {narrow && (
          <button type="button" className="button top-menu" aria-expanded={open} onClick={() => setOpen(true)}>
            菜单
          </button>
        )}
        <a className="top-name" href="/console/">
          <strong>一校一品</strong>
          <span>{me.data?.bureauName ?? ''}</span>
        </a>
        {me.data && <PersonMenu me={me.data} />}
      </header>
      {!narrow && grants && (
        <nav ref={side} className="side" aria-label="主菜单">
          <Menu grants={grants} />
        </nav>
      )}
      {narrow && (
        <dialog
          ref={drawer}
          className="drawer"
          aria-label="主菜单"
          onClose={() => setOpen(false)}
          onClick={(event) => {
            // A press beside the drawer, or on one of its links, shuts it.
            if (event.target === drawer.current || (event.target instanceof Element && event.target.closest('a')))
              setOpen(false)
          }}
        >
          <button type="button" className="button" onClick={() => setOpen(false)}>
            关闭菜单
          </button>
          {grants && (
            <nav aria-label="主菜单">
              <Menu grants={grants} />
            </nav>
          )}
        </dialog>
      )}
      <main id="main" ref={main} className="main" tabIndex={-1} aria-busy={navigation.state === 'loading'}>
        {me.isError && <Failure error={me.error} retry={() => void me.refetch()} />}
        {me.isPending && <Skeleton rows={6} />}
        {me.data && (
          <Suspense fallback={<Skeleton rows={6} />}>
            <Outlet />
          </Suspense>
        )}
      </main>
      <Said />
    </div>
  )
}

function Said() {
  const [words, setWords] = useState('')
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const deafen = listen((next) => {
      setWords(next)
      clearTimeout(timer)
      timer = setTimeout(() => setWords(''), 5000)
    })
    return () => {
      deafen()
      clearTimeout(timer)
    }
  }, [])
  return (
    <p className={words ? 'said said-now' : 'said'} role="status">
      {words}
    </p>
  )
}
