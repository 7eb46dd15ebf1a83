import { useQueryClient } from '@tanstack/react-query'
import { readAnew } from '#console/house/anew.ts'
import { useState } from 'react'
import { sentences } from '#console/api.ts'
import { announce } from '#console/house/announce.ts'
import { schoolKeys } from '../queries.ts'

/** Saves a choice as soon as it is made, and says why when it could not be. */
export function useSaving() {
  const queries = useQueryClient()
  const [refusals, setRefusals] = useState<string[]>([])
  async function save(change: Promise<unknown>) {
    setRefusals([])
    try {
      await change
      announce('已保存')
    } catch (error) {
      setRefusals(sentences(error))
    }
    await readAnew(queries, schoolKeys.duties)
  }
  return { refusals, save }
}
