import { Link } from 'react-router'
import { Empty } from '#console/house/Empty.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Page, Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { showDate } from '#console/house/Timeline.tsx'
import { RowList } from '#console/house/RowList.tsx'
import { useMe } from '#console/me.ts'
import { Overview } from './Overview.tsx'
import { StartList } from './StartList.tsx'
import { grouped, type TodoItem } from './grouped.ts'
import { useStart, useTodo } from './queries.ts'

const overseers = ['office', 'leader', 'department']

export default function HomePage() {
  const me = useMe().data
  const todo = useTodo()
  const oversees = me?.grants.some((grant) => overseers.includes(grant.role)) ?? false
  const office = me?.grants.some((grant) => grant.role === 'office') ?? false
  const start = useStart(office)
  return (
    <Page
      {...(oversees ? { years: 'one' as const } : {})}
      title="我的待办"
      lead={me && `${me.name}，${greeting(todo.data?.items, start.data?.open ?? 0)}`}
      explain={todo.data?.explain}
    >
      {start.data && <StartList start={start.data} />}
      {oversees && <Overview />}
      <Loaded query={todo} rows={6}>
        {({ items }) =>
          items.length === 0 && (start.data?.open ?? 0) > 0 ? null : items.length === 0 ? (
            <Empty
              title="现在没有要办的事"
              hint="有方案要审、问题要改、意见要答的时候，会出现在这里。要找别的内容，请用菜单。"
            />
          ) : (
            <>
              {grouped(items, today()).map((group) => (
                <Section key={group.title} title={`${group.title}　${group.items.length}`}>
                  <RowList>
                    {group.items.map((item) => (
                      <Todo key={item.id} item={item} />
                    ))}
                  </RowList>
                </Section>
              ))}
            </>
          )
        }
      </Loaded>
    </Page>
  )
}

function Todo(props: { item: TodoItem }) {
  const { item } = props
  const inside = item.href.startsWith('/console')
  return (
    <li>
      <div>
        {inside ? (
          <Link className="row-list-title" to={item.href.slice('/console'.length) || '/'}>
            {item.title}
          </Link>
        ) : (
          <a className="row-list-title" href={item.href}>
            {item.title}
          </a>
        )}
        <p className="quiet">{item.detail}</p>
      </div>
      <p className="row-list-due">
        {item.overdue && <StateTag tone="bad" label="已逾期" />}
        {item.dueDate ? <time dateTime={item.dueDate}>{showDate(item.dueDate)}</time> : <span>不限日期</span>}
      </p>
    </li>
  )
}

function greeting(items: readonly TodoItem[] | undefined, starting: number): string {
  if (!items) return '正在读取您的待办。'
  if (items.length === 0) return starting > 0 ? `起步还有 ${starting} 步。` : '您的事都办完了。'
  const overdue = items.filter((item) => item.overdue).length
  return overdue > 0 ? `有 ${items.length} 件事要办，其中 ${overdue} 件已逾期。` : `有 ${items.length} 件事要办。`
}

// The bureau's calendar day, wherever the browser stands.
function today(): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date())
}
