import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gradesOf } from '#domain/survey/sampling.ts'
import { asText, readPasted } from './pasted.ts'

const nine = gradesOf('九年一贯制')

test('a sheet copied from Excel is read with its head, merged grades, other writings and total', () => {
  const text = '年级\t班级\t人数\n一年级\t1班\t45\n\t2班\t４４\n3年级\t(1)\t40人\n初二\t1班\t50\n\n合计\t\t179'
  assert.deepEqual(readPasted(text, nine), {
    classes: [
      { grade: '一年级', name: '1班', pupils: 45 },
      { grade: '一年级', name: '2班', pupils: 44 },
      { grade: '三年级', name: '1班', pupils: 40 },
      { grade: '八年级', name: '1班', pupils: 50 },
    ],
    mistakes: [],
  })
})

test('grade and class may stand in one cell, with blanks or commas instead of tabs', () => {
  const { classes, mistakes } = readPasted('三年级2班 45\n四（1）班，46\n五年级 3 班 41', nine)
  assert.deepEqual(
    mistakes.map((one) => one.line),
    [3],
    'a blank inside a name makes a column too many',
  )
  assert.deepEqual(classes, [
    { grade: '三年级', name: '2班', pupils: 45 },
    { grade: '四年级', name: '1班', pupils: 46 },
  ])
  assert.deepEqual(readPasted('小班\t1班\t30', gradesOf('幼儿园')).classes, [
    { grade: '小班', name: '1班', pupils: 30 },
  ])
  assert.deepEqual(readPasted('高一(3)班\t50', gradesOf('高中')).classes, [{ grade: '高一', name: '3班', pupils: 50 }])
})

test('every mistake is named with its line at once, and nothing doubtful is taken', () => {
  const { classes, mistakes } = readPasted(
    '一年级\t1班\t45\n高一\t2班\t40\n一年级\t1班\t30\n二年级\t1班\t四十\n二年级\t2班\t900',
    nine,
  )
  assert.deepEqual(classes, [{ grade: '一年级', name: '1班', pupils: 45 }])
  assert.deepEqual(
    mistakes.map((one) => one.line),
    [2, 3, 4, 5],
  )
  assert.match(mistakes[0]?.message ?? '', /没有“高一”这个年级/)
  assert.match(mistakes[1]?.message ?? '', /第 1 行/)
})

test('a list that was written as text is read as the same list', () => {
  const classes = [
    { grade: '七年级', name: '1班', pupils: 45 },
    { grade: '七年级', name: '宏志班', pupils: 38 },
  ]
  assert.deepEqual(readPasted(asText(classes), nine).classes, classes)
})
