// `Count from 1 to N in English words.`

const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const TENS = '_ _ twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const FURTHEST = 2000

export function countTo(limit: number): string {
  const last = Math.min(limit, FURTHEST)
  return Array.from({ length: last }, (_, index) => words(index + 1)).join(', ')
}

function words(value: number): string {
  if (value < 20) return SMALL[value]!
  if (value < 100) {
    const rest = value % 10
    return TENS[Math.floor(value / 10)]! + (rest === 0 ? '' : `-${SMALL[rest]}`)
  }
  const unit = value < 1000 ? 100 : 1000
  const name = unit === 100 ? 'hundred' : 'thousand'
  const rest = value % unit
  return `${words(Math.floor(value / unit))} ${name}${rest === 0 ? '' : ` ${words(rest)}`}`
}
