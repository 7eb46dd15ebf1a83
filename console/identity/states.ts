import type { Tone } from '#console/house/StateTag.tsx'

/** What an account is right now, in one word. */
export function standing(account: { state: string; waiting: boolean; locked: boolean }): { label: string; tone: Tone } {
  if (account.state === 'disabled') return { label: '已停用', tone: 'quiet' }
  if (account.locked) return { label: '已锁定', tone: 'bad' }
  return account.waiting ? { label: '待激活', tone: 'warn' } : { label: '正常', tone: 'ok' }
}

export const standings = [
  { value: 'active', label: '在用' },
  { value: 'waiting', label: '待激活' },
  { value: 'locked', label: '已锁定' },
  { value: 'disabled', label: '已停用' },
  { value: 'left', label: '学校已撤并' },
  { value: 'bare', label: '尚未授予岗位' },
  { value: 'former', label: '与名录不符的书记' },
  { value: 'post', label: '没有真实姓名' },
]
