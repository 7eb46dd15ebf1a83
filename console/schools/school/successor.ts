/** Which school goes on for those that close; without one the office answers what is still open. */
export const successorChoice = (closing: readonly string[]) => ({
  label: '并入哪所学校（选填）',
  hint: '还没有答复的意见转由这所学校答复；不选就由局党工委办答复。',
  optional: true,
  schoolsWithout: closing,
})
