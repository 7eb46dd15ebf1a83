import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { Button, Checkbox, Modal } from 'antd'
import { useState } from 'react'
import { Link } from 'react-router'
import { call, sentences } from '#console/api.ts'
import { Act } from '#console/house/Act.tsx'
import { Reasons } from '#console/house/Loaded.tsx'
import { announce } from '#console/house/announce.ts'
import { closeCycle } from '#contract/year/cycle.ts'
import type { CycleDetail } from '../queries.ts'

/** Closing a year: what would be left lying stands there one by one, to be done first or ticked off. */
export function CloseYear(props: {
  cycle: CycleDetail['cycle']
  reasons: CycleDetail['moves'][string]
  unfinished: CycleDetail['unfinished']
}) {
  const { cycle, reasons, unfinished } = props
  const queries = useQueryClient()
  const [open, setOpen] = useState(false)
  const [ticked, setTicked] = useState<string[]>([])
  const [refusals, setRefusals] = useState<string[]>([])
  if (reasons.length > 0) return <Act label="结束年度" reasons={reasons} run={() => undefined} />

  async function close() {
    try {
      await call(closeCycle, { params: { id: cycle.id }, body: { ticked } })
      announce('年度已结束')
      setOpen(false)
    } catch (error) {
      setRefusals(sentences(error))
    }
    await readAnew(queries)
  }

  return (
    <>
      <Button aria-haspopup="dialog" onClick={() => setOpen(true)}>
        结束年度
      </Button>
      <Modal
        open={open}
        title="结束年度"
        okText="结束年度"
        cancelText="取消"
        okButtonProps={{ disabled: unfinished.some((one) => !ticked.includes(one.id)) }}
        onOk={() => close()}
        onCancel={() => setOpen(false)}
      >
        <p>结束以后，这个年度的内容只能查看，撤销和推荐仍可办理。结束错了，可以写明理由重新开启。</p>
        {unfinished.length > 0 && (
          <fieldset className="plain-set">
            <legend>下面的事还没有办完。先去办，或者逐项勾选，表示这一年不再办：</legend>
            <ul className="plain-list">
              {unfinished.map((one) => (
                <li key={one.id}>
                  <Checkbox
                    checked={ticked.includes(one.id)}
                    onChange={({ target }) =>
                      setTicked((all) => (target.checked ? [...all, one.id] : all.filter((id) => id !== one.id)))
                    }
                  >
                    {one.message}
                  </Checkbox>{' '}
                  <Link to={one.href.replace(/^\/console/, '')}>去看</Link>
                </li>
              ))}
            </ul>
          </fieldset>
        )}
        <Reasons title="没有结束" reasons={refusals} />
      </Modal>
    </>
  )
}
