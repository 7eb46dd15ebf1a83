import { useQuery } from '@tanstack/react-query'
import { type Input, type Reply, reading } from '#console/api.ts'
import { listDecisions, listOwnAwards, listRevocations, readNaming } from '#contract/award/award.ts'
import { readNotice } from '#contract/award/notice.ts'
import { listHandlers, listObjections, listOwnObjections } from '#contract/award/objection.ts'
import { listRecommendations } from '#contract/award/recommendation.ts'

export type Naming = Reply<typeof readNaming>
export type Notice = Reply<typeof readNotice>
export type WaitingDecision = Reply<typeof listDecisions>[number]
export type Objection = Reply<typeof listObjections>['items'][number]
export type Handlers = Reply<typeof listHandlers>

export const useDecisions = () => useQuery(reading(['decisions'], listDecisions))

export const useNaming = (year: number | undefined) =>
  useQuery(reading(['naming', year], readNaming, { query: { year } }))

export const useNotice = (id: string) => useQuery(reading(['notice', id], readNotice, { params: { id } }))

export const useOwnAwards = (year: number | undefined) =>
  useQuery(reading(['awards', 'own', year], listOwnAwards, { query: { year } }))

export const useRevocations = () => useQuery(reading(['revocations'], listRevocations))

export const useRecommendations = (year: number | undefined) =>
  useQuery(reading(['recommendations', year], listRecommendations, { query: { year } }))

export const useObjections = (query: NonNullable<Input<typeof listObjections>['query']>) =>
  useQuery(reading(['objections', query], listObjections, { query }))

export const useOwnObjections = () => useQuery(reading(['objections', 'own'], listOwnObjections))

/** Who may be charged with looking into an objection; only the office chooses. */
export const useHandlers = (office: boolean) => useQuery({ ...reading(['handlers'], listHandlers), enabled: office })
