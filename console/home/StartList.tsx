import { Link } from 'react-router'
import type { Reply } from '#console/api.ts'
import { Section } from '#console/house/Page.tsx'
import { StateTag } from '#console/house/StateTag.tsx'
import { RowList } from '#console/house/RowList.tsx'
import type { readStart } from '#contract/home/todo.ts'

/** The steps before a year can run, in order; it goes when all of them are done. */
export function StartList({ start }: { start: Reply<typeof readStart> }) {
  if (start.open === 0) return null
  return (
    <Section title={`起步　还有 ${start.open} 步`} note="按顺序办，每一步随时可以回来补。">
      <RowList steps>
        {start.steps.map((step) => (
          <li key={step.key}>
            <div>
              <Link className="row-list-title" to={step.href.slice('/console'.length)}>
                {step.title}
              </Link>
              <p className="quiet">{step.detail}</p>
            </div>
            <p className="row-list-due">
              <StateTag tone={step.done ? 'ok' : 'warn'} label={step.done ? '已办好' : '待办'} />
            </p>
          </li>
        ))}
      </RowList>
    </Section>
  )
}
