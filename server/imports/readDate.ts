const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const monthName = '(jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*'
const isoDate = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:[T ].*)?$/
const dayFirst = /^(\d{1,2})[/.](\d{1,2})[/.](\d{4})$/
const dayMonthYear = new RegExp(`\\b(\\d{1,2})(?:st|nd|rd|th)?\\s+${monthName}\\.?,?\\s*(\\d{4})\\b`, 'i')
const monthDayYear = new RegExp(`\\b${monthName}\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?,?\\s+(\\d{4})\\b`, 'i')
const monthYear = new RegExp(`\\b${monthName}\\.?,?\\s*(\\d{4})\\b`, 'i')
const bareYear = /\b(1[5-9]\d\d|20\d\d)\b/
const dayMs = 86_400_000

/**
 * Takes of a date what can be understood: ISO 8601, British 26/11/2009, "CACM December, 1958", a year, or `{ daysAgo }`, `{ daysAhead }` and `{ monthsAgo }` for
 * examples that stay fresh. What is not said is the first: the month's first day, the year's first month. UTC.
 */
export function readDate(given: unknown, now: Date): Date | undefined {
  if (typeof given === 'number') return readDate(String(given), now)
  if (typeof given === 'string') return fromText(given.trim())
  if (typeof given === 'object' && given !== null) return fromToday(given, now)
  return undefined
}

function fromText(text: string): Date | undefined {
  const instant = /[T ]\d/.test(text) && isoDate.test(text) ? new Date(text.replace(' ', 'T')) : undefined
  if (instant !== undefined && !Number.isNaN(instant.getTime())) return instant
  const iso = isoDate.exec(text)
  if (iso) return utc(iso[1], iso[2], iso[3])
  const british = dayFirst.exec(text)
  if (british) return utc(british[3], british[2], british[1])
  const withDay = dayMonthYear.exec(text)
  if (withDay) return utc(withDay[3], monthNumber(withDay[2]), withDay[1])
  const american = monthDayYear.exec(text)
  if (american) return utc(american[3], monthNumber(american[1]), american[2])
  const month = monthYear.exec(text)
  if (month) return utc(month[2], monthNumber(month[1]))
  const year = bareYear.exec(text)
  return year ? utc(year[1]) : undefined
}

const monthNumber = (name: string | undefined) => String(months.indexOf((name ?? '').slice(0, 3).toLowerCase()) + 1)

/** Undefined for the 31st of February, and for years that a calendar here does not have. */
function utc(year: string | undefined, month = '1', day = '1'): Date | undefined {
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)))
  const isReal = date.getUTCFullYear() === Number(year) && date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
  return isReal && Number(year) >= 1500 ? date : undefined
}

function fromToday(ago: object, now: Date): Date | undefined {
  const today = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate())
  if ('daysAgo' in ago && typeof ago.daysAgo === 'number') return new Date(today - ago.daysAgo * dayMs)
  if ('daysAhead' in ago && typeof ago.daysAhead === 'number') return new Date(today + ago.daysAhead * dayMs)
  if ('monthsAgo' in ago && typeof ago.monthsAgo === 'number') {
    return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - Math.round(ago.monthsAgo), 1))
  }
  return undefined
}
