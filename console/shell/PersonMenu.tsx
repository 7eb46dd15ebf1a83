import { useEffect, useRef } from 'react'
import type { Me } from '#console/me.ts'
import './PersonMenu.css'

/** Who is signed in, as what, and the way out. The links leave the console for the server's own account pages. */
export function PersonMenu(props: { me: Me }) {
  const { me } = props
  const box = useRef<HTMLDetailsElement>(null)

  useEffect(() => {
    const shut = (event: Event) => {
      const details = box.current
      if (!details?.open) return
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : !details.contains(event.target as Node)) {
        details.open = false
        if (event instanceof KeyboardEvent) details.querySelector('summary')?.focus()
      }
    }
    document.addEventListener('pointerdown', shut)
    document.addEventListener('keydown', shut)
    return () => {
      document.removeEventListener('pointerdown', shut)
      document.removeEventListener('keydown', shut)
    }
  }, [])

  return (
    <details ref={box} className="person">
      <summary>{me.name}</summary>
      <div className="person-box">
        <p className="person-login">{me.loginName}</p>
        <ul className="person-grants">
          {me.grants.map((grant) => (
            <li key={`${grant.role}-${grant.organizationId}`}>
              {grant.roleLabel}
              <span className="quiet">　{grant.organizationName}</span>
            </li>
          ))}
        </ul>
        <ul className="person-links">
          <li>
            <a href="/account/sessions">我的登录</a>
          </li>
          <li>
            <a href="/account/password">修改密码</a>
          </li>
          <li>
            <a href="/">门户首页</a>
          </li>
        </ul>
        <form method="post" action="/sign-out">
          <button type="submit" className="button">
            退出
          </button>
        </form>
      </div>
    </details>
  )
}
