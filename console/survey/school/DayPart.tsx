import { Button } from 'antd'
import { useRef, useState } from 'react'
import { Figures } from '#console/house/Facts.tsx'
import { Loaded } from '#console/house/Loaded.tsx'
import { Section } from '#console/house/Page.tsx'
import { Table } from '#console/house/Table.tsx'
import { announce } from '#console/house/announce.ts'
import { showDate } from '#console/house/Timeline.tsx'
import { inOrder } from '#domain/survey/sampling.ts'
import { divideHalfUp, sum, showPercent } from '#domain/base/score.ts'
import { QrCode } from './QrCode.tsx'
import { placeName, reminderFor } from './words.ts'
import { type Roster, type SchoolProgress, useSchoolProgress } from '../queries.ts'

type Batch = SchoolProgress['batches'][number]

/** From the drawing of the classes until the count: what the school hands out, how, and how many have answered. */
export function DayPart({ roster }: { roster: Roster }) {
  const { surveyState: state } = roster
  return (
    <>
      {roster.reprinted && state !== 'closed' && (
        <p className="notice">
          局党工委办重印过本校的纸条（{roster.reprinted.times} 次），理由：{roster.reprinted.reason}
          。没有用过的旧卡已经作废，只有新卡能用。新卡没有送到学校的，请马上问局党工委办。
        </p>
      )}
      {state === 'open' && <ProgressPart roster={roster} />}
      {state === 'closed' && (
        <p className="notice">答题已经截止，等局党工委办计票。计票以前谁都看不到结果；剩下的纸条请两个人在场剪碎。</p>
      )}
      {state === 'open' && (
        <details className="answer-counts">
          <summary>抽中的班级和各袋的张数</summary>
          <Drawn roster={roster} />
        </details>
      )}
      {(state === 'frozen' || state === 'issued') && <Drawn roster={roster} />}
      {state !== 'closed' && <Steps />}
      {state !== 'closed' && <Devices answersAt={roster.answersAt} />}
      {state === 'closed' && <ProgressPart roster={roster} />}
    </>
  )
}

function ProgressPart({ roster }: { roster: Roster }) {
  const { surveyId: id, schoolId } = roster
  const progress = useSchoolProgress(id, schoolId, roster.surveyState === 'open' ? 30_000 : false)
  return (
    <Loaded query={progress}>
      {(data) => (
        <Section
          title="答题进度"
          note="只数收回了多少份，不知道是谁，也没有任何答案。答不答是各人自愿，请不要逐个追问。"
        >
          {data.state === 'open' && data.cast === 0 && (
            <p className="notice">还没有收到答卷。纸条还没有发的，请按下面的“发放五步”当着大家发放。</p>
          )}
          <Figures
            items={[
              { label: '已收回', value: `${data.cast} / ${data.issued}`, note: '份' },
              {
                label: '回收率',
                value: showPercent(data.issued === 0 ? null : divideHalfUp(data.cast * 10_000, data.issued)),
              },
              ...(data.state === 'open'
                ? [{ label: '截止日期', value: showDate(data.closesOn).replace(/^\d+年/, '') }]
                : []),
            ]}
          />
          <ul className="batches">
            {inOrder(data.batches).map((one) => (
              <BatchRow key={one.id} batch={one} closesOn={data.state === 'open' ? data.closesOn : ''} />
            ))}
          </ul>
        </Section>
      )}
    </Loaded>
  )
}

function BatchRow({ batch, closesOn }: { batch: Batch; closesOn: string }) {
  const name = placeName(batch)
  const share = batch.issued === 0 ? 0 : Math.min(100, Math.round((batch.cast * 100) / batch.issued))
  return (
    <li>
      <p className="batch-name">
        {name}
        {batch.remindedAt && <span className="quiet beside">局党工委办提醒过</span>}
      </p>
      <p className="batch-count number">
        {batch.cast} / {batch.issued}
      </p>
      {batch.void ? (
        <p className="quiet batch-void">这个班的答卷已作废：{batch.voidReason}</p>
      ) : (
        closesOn && batch.cast < batch.issued && <Reminder name={name} text={reminderFor(batch, closesOn)} />
      )}
      <span className="batch-bar" aria-hidden="true">
        <span className="survey-bar" style={{ width: `${share}%` }} />
      </span>
    </li>
  )
}

/** Shown before it is copied, so that it also works where the browser does not let a page copy. */
function Reminder({ name, text }: { name: string; text: string }) {
  const [open, setOpen] = useState(false)
  const box = useRef<HTMLTextAreaElement>(null)
  async function copy() {
    box.current?.select()
    try {
      await navigator.clipboard.writeText(text)
      announce('已复制，可以粘贴到班级群')
    } catch {
      announce('文字已选中，请按 Ctrl+C 或长按复制')
    }
  }
  return (
    <div className="reminder">
      <button type="button" className="link" aria-expanded={open} onClick={() => setOpen(!open)}>
        提醒文字<span className="hidden">（{name}）</span>
      </button>
      {open && (
        <div className="reminder-box">
          <textarea
            ref={box}
            className="reminder-text"
            rows={6}
            readOnly
            value={text}
            aria-label={`${name}的提醒文字`}
          />
          <Button onClick={() => void copy()}>复制</Button>
        </div>
      )}
    </div>
  )
}

function Drawn({ roster }: { roster: Roster }) {
  const slips = sum(roster.batches.map((one) => one.size))
  return (
    <Section
      title="抽中的班级"
      note={`共 ${roster.batches.length} 袋、${slips} 张纸条。每袋正好人手一张，其中一部分有码；抽到没有码的，谢谢参与就好。`}
    >
      <Table
        label="各袋的张数"
        rows={inOrder(roster.batches)}
        keyOf={(one) => one.id}
        columns={[
          { title: '发给', kind: 'whole', render: (one) => placeName(one) },
          { title: '袋中张数', kind: 'number', render: (one) => one.size },
          { title: '其中有码', kind: 'number', render: (one) => one.codes },
        ]}
      />
    </Section>
  )
}

const steps: readonly [string, string][] = [
  ['剪', '沿虚线剪开，点一点，和袋上写的张数一样多。'],
  ['折', '字朝里对折两次，每张折成一样大小。'],
  ['装', '全部放进一个不透明的袋子，摇匀，有码的和没有码的混在一起。'],
  ['抽', '每人自己从袋中抽一张，不挑、不看、不换。发给家长的，由孩子抽了折着带回家。'],
  ['不记', '谁抽到了什么，不登记、不拍照、不询问，也不统计谁答了。'],
]

function Steps() {
  return (
    <Section title="发放五步">
      <ol className="steps">
        {steps.map(([name, words]) => (
          <li key={name}>
            <strong>{name}</strong>　{words}
          </li>
        ))}
      </ol>
      <p className="steps-more">
        没有抽完的不打开、不补发、不转给别人，当天两个人在场一起剪碎。纸条丢了不补，上面没有名字。
      </p>
      <p className="steps-more">
        答题页上有“有人在旁边看着我”：点了就离开题目，什么也不提交，编码还能用，可以回家再答。请告诉大家可以这样做，
        任何人都不要站在旁边看别人答题。
      </p>
    </Section>
  )
}

function Devices({ answersAt }: { answersAt: string }) {
  return (
    <Section title="用什么答题">
      <div className="devices">
        <QrCode text={answersAt} label={`答题网址 ${answersAt} 的二维码`} />
        <div>
          <p>
            <strong>自己的手机或电脑</strong>：扫纸条上的码，或者打开 <span className="digest">{answersAt}</span>{' '}
            输入编码。 这里的二维码可以贴在教师机旁或投到屏幕上。
          </p>
          <p>
            <strong>公用平板、机房电脑</strong>：打开 <span className="digest">{answersAt}/shared</span>
            。每人答完自动回到开始页，不留下内容，下一位接着用；机器之间隔开，别人看不到屏幕。
          </p>
          <p>
            <strong>不方便上网的</strong>
            ：向局党工委办要纸质问卷，填好折起来自己投进封好的票箱，由局党工委办两个人分别录入。
          </p>
        </div>
      </div>
    </Section>
  )
}
