import { BarChart } from 'echarts/charts'
import { GridComponent, LegendComponent } from 'echarts/components'
import { type EChartsCoreOption, init, use } from 'echarts/core'
import { CanvasRenderer } from 'echarts/renderers'
import { tokens } from './theme.ts'

// No tooltip: the library writes it as HTML with inline styles, which the page's policy forbids; the table has every figure.
use([BarChart, GridComponent, LegendComponent, CanvasRenderer])

/** Draws into the box and follows its width until the returned function is called. */
export function draw(box: HTMLElement, option: EChartsCoreOption): () => void {
  const chart = init(box, null, { renderer: 'canvas' })
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: getComputedStyle(box).fontFamily, fontSize: 13, color: tokens.ink2 },
    ...option,
  })
  const watcher = new ResizeObserver(() => chart.resize())
  watcher.observe(box)
  return () => {
    watcher.disconnect()
    chart.dispose()
  }
}
