import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type Reply, reading } from '#console/api.ts'
import { listPanels, previewAssignment } from '#contract/review/panel.ts'
import { explainPlace, readRanking, readReview } from '#contract/review/review.ts'
import { listOwnSheets, readSheet } from '#contract/review/sheet.ts'

export type Sheet = Reply<typeof readSheet>
export type OwnSheet = Reply<typeof listOwnSheets>[number]
export type Panels = Reply<typeof listPanels>
export type Panel = Panels['panels'][number]
export type Review = Reply<typeof readReview>
export type ReviewedApplication = Review['applications'][number]
export type Ranking = Reply<typeof readRanking>
export type Place = Reply<typeof explainPlace>

export const reviewKeys = {
  /** Of every year. */
  review: ['review'],
  sheets: ['sheets'],
  everySheet: ['sheet'],
  sheet: (id: string) => ['sheet', id],
}

export const useReview = (year: number | undefined) =>
  useQuery(reading([...reviewKeys.review, year], readReview, { query: { year } }))

export const useRanking = (year: number | undefined) =>
  useQuery(reading(['ranking', year], readRanking, { query: { year } }))

/** Why an application stands where it stands. */
export const usePlace = (id: string, applicationId: string) =>
  useQuery(reading(['place', id, applicationId], explainPlace, { params: { id, applicationId } }))

export const useOwnSheets = (year: number | undefined) =>
  useQuery(reading([...reviewKeys.sheets, year], listOwnSheets, { query: { year } }))

/** Asks the server how the person's sheets stand at this moment, such as after one has been submitted. */
export function useSheetsNow() {
  const queries = useQueryClient()
  return () => queries.fetchQuery({ ...reading(reviewKeys.sheets, listOwnSheets), staleTime: 0 })
}

export const useSheet = (id: string) =>
  useQuery({
    ...reading(reviewKeys.sheet(id), readSheet, { params: { id } }),
    // The form holds what is typed; reading again behind its back would only disturb.
    refetchOnWindowFocus: false,
  })

export const usePanels = (year: number | undefined) =>
  useQuery(reading(['panels', year], listPanels, { query: { year } }))

/** What assigning would do now: what it names decides, so it is never an older answer. */
export const useAssignmentPreview = (panelId: string) =>
  useQuery({
    ...reading(['assignment', panelId], previewAssignment, { params: { id: panelId } }),
    staleTime: 0,
  })
