import { useState } from 'react'
import { Empty } from '#console/house/Empty.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { SLIP_DAYS } from '#domain/identity/account.ts'
import { LinkButton, Page } from '#console/house/Page.tsx'
import { useWaitingAccounts } from './queries.ts'

const AT_ONCE = 200

/** Who waits for an activation slip; all of them at once unless somebody is left out. */
export default function SlipsPage() {
  const waiting = useWaitingAccounts(AT_ONCE)
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) =>
    setLeft((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  return (
    <Page
      title="打印激活单"
      width="text"
      crumbs={[{ label: '账号与岗位', to: '/accounts' }]}
      lead="每人一张，上面有登录名和激活码，只能用一次。激活码只在打印页上显示这一次；再打印会换新码，旧码作废。"
    >
      <Loaded query={waiting}>
        {({ items, total }) =>
          items.length === 0 ? (
            <Empty
              title="没有等待激活的人"
              hint="要给已激活的人重置密码，请在账号里打开这个人。"
              action={<LinkButton to="/accounts">查看账号</LinkButton>}
            />
          ) : (
            <form method="post" action="/accounts/slips" target="_blank">
              <p className="quiet">
                共 {total} 人等待激活{total > AT_ONCE && `，一次打印前 ${AT_ONCE} 人，他们激活后再打印其余的人`}。
              </p>
              <ul className="slip-people">
                {items.map((person) => (
                  <li key={person.personId}>
                    <label>
                      <input
                        type="checkbox"
                        name="id"
                        value={person.personId}
                        checked={!left.has(person.personId)}
                        onChange={() => toggle(person.personId)}
                      />{' '}
                      {person.name}　<span className="quiet">{person.roles.join('、') || '尚未授予岗位'}</span>
                    </label>
                  </li>
                ))}
              </ul>
              <p>
                <label>
                  有效期{' '}
                  <select name="days" defaultValue={SLIP_DAYS.usual}>
                    {[3, 5, 7, 10, 14].map((days) => (
                      <option key={days} value={days}>
                        {days} 天
                      </option>
                    ))}
                  </select>
                </label>
              </p>
              <button type="submit" className="button button-main" disabled={left.size >= items.length}>
                打印 {items.length - left.size} 张
              </button>
            </form>
          )
        }
      </Loaded>
    </Page>
  )
}
