import { useQuery } from '@tanstack/react-query'
import { reading } from '#console/api.ts'
import { readOverview, readStart, readTodo } from '#contract/home/todo.ts'

export const useTodo = () => useQuery(reading(['todo'], readTodo))

/** What a district still has to set up; the office alone is asked to. */
export const useStart = (office: boolean) => useQuery({ ...reading(['start'], readStart), enabled: office })

export const useOverview = (year: number | undefined) =>
  useQuery(reading(['overview', year], readOverview, { query: { year } }))
