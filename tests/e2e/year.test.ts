import { test } from 'node:test'
import type { Page } from 'playwright-core'
import { openSchools, setUp, setUpColleague, setUpReviewers } from './schoolsAct.ts'
import { apply, livePlan, sumUp, writeBrand, writeLedger } from './school.ts'
import { signIn } from './form.ts'
import { answerObjection, confer, decideAndPost, formPanels, scoreEverything, sealResult } from './reviewAct.ts'
import { holdSurvey } from './surveyAct.ts'
import { stage } from './fixture.ts'

export interface SchoolPeople {
  name: string
  clerk: Page
  secretary: Page
  clerkLogin: string
  secretaryLogin: string
}

test('a year is lived from the set-up link to the award on the portal, through the screens only', async (t) => {
  const s = await stage(t, '2026-06-01T01:00:00.000Z')
  const office = await s.desktop()
  await setUp(s, office)
  await signIn(office, s.url, 'bangongshi')
  await s.look(office, '02-office-home')
  const logins = await openSchools(s, office)
  const schools: SchoolPeople[] = []
  for (const { name, secretary, clerk } of logins) {
    const people = {
      name,
      clerk: await s.desktop(),
      secretary: await s.desktop(),
      clerkLogin: clerk,
      secretaryLogin: secretary,
    }
    await signIn(people.clerk, s.url, clerk)
    await signIn(people.secretary, s.url, secretary)
    schools.push(people)
  }
  for (const [at, school] of schools.entries()) {
    await writeBrand(s, school, at)
    await livePlan(s, school, office, at)
    await writeLedger(s, school, at)
  }
  await s.setTime('2026-10-12T01:00:00.000Z')
  await signIn(office, s.url, 'bangongshi')
  for (const [at, school] of schools.entries()) {
    await signIn(school.clerk, s.url, school.clerkLogin)
    await signIn(school.secretary, s.url, school.secretaryLogin)
    await sumUp(s, school, office, at)
    await apply(s, school, office, at)
  }
  await holdSurvey(s, office, schools)
  await s.setTime('2026-11-03T01:00:00.000Z')
  await signIn(office, s.url, 'bangongshi')
  const reviewers = await setUpReviewers(s)
  await formPanels(
    s,
    office,
    reviewers.map((one) => one.name),
  )
  for (const [at, reviewer] of reviewers.entries()) await scoreEverything(s, reviewer.page, 0.9 - at * 0.05)
  await sealResult(
    s,
    office,
    schools.map((one) => one.name),
  )
  const colleague = await setUpColleague(s)
  const receipt = await decideAndPost(s, office, colleague, '演示第一小学')
  await answerObjection(s, office, colleague, receipt)
  // Posted on Tuesday the 3rd: five working days end on Tuesday the 10th.
  await s.setTime('2026-11-16T01:00:00.000Z')
  await signIn(office, s.url, 'bangongshi')
  const [winner] = schools
  if (!winner) throw new Error('no school came this far')
  await signIn(winner.clerk, s.url, winner.clerkLogin)
  await confer(s, office, { name: winner.name, brand: '渠润童心', clerk: winner.clerk })
})
