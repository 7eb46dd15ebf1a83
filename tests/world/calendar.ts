/** A year's holiday notice as an office enters it, with the fewest days that are believed. */
export const noticeOf = (year: number, makeUpDays: string[] = []) => ({
  holidays: ['01-01', '05-01', '05-02', '05-03', ...[1, 2, 3, 4, 5, 6, 7].map((day) => `10-0${day}`)].map(
    (day) => `${year}-${day}`,
  ),
  makeUpDays,
  source: `${year} 年放假通知（演示）`,
})
