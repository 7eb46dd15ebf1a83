import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { call, type Input, type Reply, reading } from '#console/api.ts'
import { listSurveys, readSurvey } from '#contract/survey/survey.ts'
import { listCheckCodes, listRemarks, readSchoolResult, readTotals } from '#contract/survey/surveyReport.ts'
import { listPapers, listRosters, readProgress, readRoster, readSchoolProgress } from '#contract/survey/surveySchool.ts'

export type Survey = Reply<typeof readSurvey>
export type ListedSurvey = Reply<typeof listSurveys>['items'][number]
export type ListedRoster = Reply<typeof listRosters>['items'][number]
export type Roster = Reply<typeof readRoster>
export type SurveyProgress = Reply<typeof readProgress>
export type SchoolProgress = Reply<typeof readSchoolProgress>
export type SchoolResult = Reply<typeof readSchoolResult>
export type SurveyTotals = Reply<typeof readTotals>
export type Paper = Reply<typeof listPapers>[number]
export type Remark = Reply<typeof listRemarks>['items'][number]

export const surveyKeys = {
  /** The list, and what a school sees of each. */
  surveys: ['surveys'],
  remarks: (id: string) => ['survey', id, 'remarks'],
  papers: (id: string) => ['survey', id, 'papers'],
}

const atSchool = (id: string, schoolId: string, part: string) => [...surveyKeys.surveys, id, 'schools', schoolId, part]

export const useSurveys = (year: number | undefined) =>
  useQuery(reading([...surveyKeys.surveys, year], listSurveys, { query: { year } }))

export const useSurvey = (id: string) => useQuery(reading(['survey', id], readSurvey, { params: { id } }))

/** Read again every so many milliseconds for as long as answers come in. */
export const useProgress = (id: string, every: number) =>
  useQuery({
    ...reading(['survey', id, 'progress'], readProgress, { params: { id } }),
    refetchInterval: (query) => (query.state.data?.state === 'open' ? every : false),
  })

/** The office's look at the classes of one school. */
export const useClasses = (id: string, schoolId: string) =>
  useQuery(reading(['survey', id, 'progress', schoolId], readSchoolProgress, { params: { id, schoolId } }))

/** Papers that do not count yet. */
export const usePapers = (id: string) => useQuery(reading(surveyKeys.papers(id), listPapers, { params: { id } }))

export const useTotals = (id: string) => useQuery(reading(['survey', id, 'totals'], readTotals, { params: { id } }))

export const useRemarks = (id: string, query: NonNullable<Input<typeof listRemarks>['query']>) =>
  useQuery({
    ...reading([...surveyKeys.remarks(id), query], listRemarks, { params: { id }, query }),
    placeholderData: keepPreviousData,
  })

const AT_ONCE = 200

/** Every school of the survey; a district has a few hundred at most. */
export const useAllRosters = (id: string) =>
  useQuery({ queryKey: ['survey', id, 'rosters'], queryFn: ({ signal }) => readAllRosters(id, signal) })

export async function readAllRosters(id: string, signal: AbortSignal): Promise<ListedRoster[]> {
  const all: ListedRoster[] = []
  for (let page = 1; ; page++) {
    const { items, total } = await call(listRosters, { params: { id }, query: { page, size: AT_ONCE } }, signal)
    all.push(...items)
    if (all.length >= total || items.length === 0) return all
  }
}

export const useRoster = (id: string, schoolId: string) =>
  useQuery(reading(atSchool(id, schoolId, 'roster'), readRoster, { params: { id, schoolId } }))

/** Read again every so many milliseconds, or not at all. */
export const useSchoolProgress = (id: string, schoolId: string, every: number | false) =>
  useQuery({
    ...reading(atSchool(id, schoolId, 'progress'), readSchoolProgress, { params: { id, schoolId } }),
    refetchInterval: every,
  })

export const useSchoolResult = (id: string, schoolId: string) =>
  useQuery(reading(atSchool(id, schoolId, 'result'), readSchoolResult, { params: { id, schoolId } }))

export const useCheckCodes = (id: string, schoolId: string) =>
  useQuery(reading(atSchool(id, schoolId, 'checkCodes'), listCheckCodes, { params: { id, schoolId } }))
