import type { EChartsCoreOption } from 'echarts/core'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import './Chart.css'

/** A drawing beside the table that says the same; the drawing library comes only when a chart is shown. */
export function Chart(props: {
  /** What is drawn, in a few words; the figures stand in the table. */
  label: string
  option: EChartsCoreOption
  height: number
  /** The table with the same figures: a chart never stands alone. */
  children: ReactNode
}) {
  const { label, option, height } = props
  const box = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    let gone = false
    let stop = () => {}
    import('./drawing.ts')
      .then(({ draw }) => {
        if (!gone && box.current) stop = draw(box.current, option)
      })
      .catch(() => {
        if (!gone) setFailed(true)
      })
    return () => {
      gone = true
      stop()
    }
  }, [option])

  return (
    <figure className="chart">
      <div className="chart-table">{props.children}</div>
      {failed ? (
        <p className="quiet">图没有画出来，数据见表。</p>
      ) : (
        <div className="chart-drawing" ref={box} role="img" aria-label={`${label}，数据见表`} style={{ height }} />
      )}
    </figure>
  )
}
