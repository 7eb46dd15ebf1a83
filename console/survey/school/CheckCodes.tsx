import { Input } from 'antd'
import { useState } from 'react'
import { Loaded } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { useCheckCodes } from '../queries.ts'

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')

/** For somebody who asks whether a ballot was counted; the codes say nothing of answers or persons. */
export function CheckCodes({ surveyId: id, schoolId }: { surveyId: string; schoolId: string }) {
  const [typed, setTyped] = useState('')
  const list = useCheckCodes(id, schoolId)
  return (
    <Section
      title="回执编码"
      note="有人想知道自己那一份算进去没有，请他自己拿答题后看到的回执编码来对。回执编码只说明计入了，和答案、和人都没有联系；请不要记下是谁来查。"
    >
      <Loaded query={list}>
        {({ codes }) => {
          const wanted = plain(typed)
          const shown = codes.filter((one) => plain(one).includes(wanted))
          return (
            <>
              <Input
                className="check-code"
                aria-label="回执编码"
                placeholder="输入回执编码"
                allowClear
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
              <p role="status">
                {wanted === ''
                  ? `共计入 ${codes.length} 份。`
                  : shown.length > 0
                    ? `找到 ${shown.length} 个，已经计入。`
                    : '没有这个回执编码。请核对学校和字母；作废班级的答卷不计入。'}
              </p>
              <div className="check-codes" role="region" aria-label="回执编码列表" tabIndex={0}>
                <ul>
                  {shown.map((one) => (
                    <li key={one}>{one}</li>
                  ))}
                </ul>
              </div>
            </>
          )
        }}
      </Loaded>
    </Section>
  )
}
