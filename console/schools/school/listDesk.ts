import { useState } from 'react'
import { call, type Reply, sentences } from '#console/api.ts'
import { applySchoolList, checkSchoolList, type ListReport } from '#contract/schools/schoolList.ts'
import { columnKeys, type ListColumn, titleOf } from '#domain/schools/listColumns.ts'
import { cellKey, rowKey } from '#domain/schools/listRow.ts'

export interface Choices {
  mapping: Record<string, ListColumn | ''>
  cells: Record<string, string>
  left: string[]
  accepted: string[]
  replaceSecretaries: boolean
}

const nothing: Choices = { mapping: {}, cells: {}, left: [], accepted: [], replaceSecretaries: false }

type Applied = Reply<typeof applySchoolList>
type Place = { sheet: string; row: number }

/** The list on the desk: the file stays in the browser, what is said about it travels beside it with every reading. */
export function useListDesk(written: () => Promise<unknown>) {
  const [file, setFile] = useState<File>()
  const [choices, setChoices] = useState<Choices>(nothing)
  const [report, setReport] = useState<ListReport>()
  const [applied, setApplied] = useState<Applied>()
  const [refusals, setRefusals] = useState<string[]>([])
  const [busy, setBusy] = useState(false)

  async function read(chosen: File, said: Choices) {
    setBusy(true)
    setRefusals([])
    try {
      setReport(await call(checkSchoolList, { body: formOf(chosen, said) }))
    } catch (error) {
      setRefusals(sentences(error))
    } finally {
      setBusy(false)
    }
  }

  function say(more: Partial<Choices>) {
    const said = { ...choices, ...more }
    setChoices(said)
    if (file) void read(file, said)
  }

  return {
    file,
    choices,
    report,
    applied,
    refusals,
    busy,
    choose(chosen: File) {
      setFile(chosen)
      setChoices(nothing)
      setReport(undefined)
      setApplied(undefined)
      void read(chosen, nothing)
    },
    map: (title: string, column: ListColumn | '') => say({ mapping: { ...choices.mapping, [title]: column } }),
    mend: (at: Place, column: string, value: string) => {
      const key = columnOf(column)
      if (key) say({ cells: { ...choices.cells, [cellKey(at, key)]: value } })
    },
    leave: (at: Place) => say({ left: [...choices.left, rowKey(at)] }),
    takeBack: () => say({ left: [] }),
    accept: (keys: readonly string[]) => say({ accepted: [...new Set([...choices.accepted, ...keys])] }),
    reject: (key: string) => say({ accepted: choices.accepted.filter((one) => one !== key) }),
    replaceSecretaries: (yes: boolean) => say({ replaceSecretaries: yes }),
    async apply(accounts: boolean) {
      if (!file || !report) return
      const query = { digest: report.digest, accounts: accounts ? ('yes' as const) : ('no' as const) }
      setApplied(await call(applySchoolList, { query, body: formOf(file, choices) }))
      setReport(undefined)
      await written()
    },
  }
}

export type ListDesk = ReturnType<typeof useListDesk>

/** What was said goes before the file, so that it is known when the file is read. */
function formOf(file: File, choices: Choices): FormData {
  const form = new FormData()
  form.append('choices', JSON.stringify(choices))
  form.append('file', file, file.name)
  return form
}

export const columnOf = (title: string): ListColumn | undefined => columnKeys.find((one) => titleOf(one) === title)

/** Where something stands in the file. */
export const placeOf = ({ sheet, row }: Place): string =>
  [sheet === '' ? '' : sheet, row === 0 ? '' : `第 ${row} 行`].filter(Boolean).join('　')
