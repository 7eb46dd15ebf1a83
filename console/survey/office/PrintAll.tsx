import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Button, Modal } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { sentences } from '#console/api.ts'
import { Section } from '#console/house/Page.tsx'
import { type KitFile, printKit, saveKit } from './survey.ts'
import type { Survey } from '../queries.ts'
import { readAllRosters } from '../queries.ts'

interface Printed {
  schoolName: string
  file?: KitFile
  /** Why there is no file. */
  failed?: string
}

/** The slips of all schools that have none yet, one school after the other; the files stay at hand while the page is open. */
export function usePrintAll(survey: Survey) {
  const queries = useQueryClient()
  const [printed, setPrinted] = useState<Printed[]>([])
  const [total, setTotal] = useState(0)
  const [running, setRunning] = useState(false)
  const stopped = useRef(false)

  // A file that is not yet saved is lost with the page, and its codes with it.
  useEffect(() => {
    if (!running) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => {
      window.removeEventListener('beforeunload', warn)
      stopped.current = true
    }
  }, [running])

  async function start() {
    stopped.current = false
    setRunning(true)
    try {
      const all = await readAllRosters(survey.id, new AbortController().signal)
      const due = all.filter((one) => one.roster === 'confirmed' && one.kitPrintings === 0)
      setPrinted([])
      setTotal(due.length)
      for (const { schoolId, schoolName } of due) {
        if (stopped.current) break
        const result: Printed = { schoolName }
        try {
          result.file = await printKit(survey.id, schoolId, '')
          saveKit(result.file)
        } catch (error) {
          result.failed = sentences(error).join('')
        }
        setPrinted((before) => [...before, result])
      }
    } finally {
      setRunning(false)
      await readAnew(queries)
    }
  }

  return { printed, total, running, start: () => void start(), stop: () => (stopped.current = true) }
}

/** What has been printed so far, with a second chance for every file that the browser did not keep. */
export function PrintedSoFar({ run }: { run: ReturnType<typeof usePrintAll> }) {
  if (!run.running && run.printed.length === 0) return null
  const failed = run.printed.filter((one) => one.failed !== undefined)
  return (
    <Section
      title={run.running ? `正在打印，共 ${run.total} 所，已印 ${run.printed.length} 所` : '打印结束'}
      note={
        run.running
          ? '请不要关掉这个页面。浏览器问是否允许下载多个文件时，请选“允许”。'
          : `下载了 ${run.printed.length - failed.length} 所学校的纸条。少了哪个文件，趁这个页面还开着再存一次；关掉以后只能重印。`
      }
    >
      <progress
        className="poll-printing"
        value={run.printed.length}
        max={Math.max(run.total, 1)}
        aria-label="打印进度"
      />
      {run.running && (
        <p className="poll-acts">
          <Button onClick={run.stop}>印完这一所就停</Button>
        </p>
      )}
      <ul className="poll-files" aria-live="polite">
        {run.printed.map(({ schoolName, file, failed: why }) => (
          <li key={schoolName}>
            {schoolName}
            {file && (
              <Button type="link" size="small" onClick={() => saveKit(file)} aria-label={`再存一次：${schoolName}`}>
                再存一次
              </Button>
            )}
            {why && <span className="bad"> 没有印成：{why}</span>}
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function PrintAllButton({ run, schools }: { run: ReturnType<typeof usePrintAll>; schools: number }) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button type="primary" loading={run.running} onClick={() => setAsking(true)} aria-haspopup="dialog">
        打印没印的 {schools} 所
      </Button>
      <Modal
        open={asking}
        title={`打印 ${schools} 所学校的纸条`}
        okText="开始打印"
        cancelText="取消"
        onOk={() => {
          setAsking(false)
          run.start()
        }}
        onCancel={() => setAsking(false)}
        destroyOnHidden
      >
        <p>
          一所学校一个 PDF
          文件，依次下载到这台电脑，每所要几秒钟。编码只在文件里，请在印厂或局里的打印机上打印，印完删除文件。
        </p>
      </Modal>
    </>
  )
}
