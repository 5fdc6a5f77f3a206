export const zone = 'Europe/London'
const long = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: zone })
const withTime = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: zone,
})
const timeOnly = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone })
const monthOnly = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' })

/** "26 November 2009". Times are kept in UTC and shown in the partnership's zone. */
export const longDate = (date: Date): string => long.format(date)
/** "26 November 2009 at 10:15" */
export const dateAndTime = (date: Date): string => withTime.format(date)
/** "10:15" today, "26 November 2009 at 10:15" on other days. */
export const timeOrDate = (date: Date, now: Date): string =>
  long.format(date) === long.format(now) ? timeOnly.format(date) : dateAndTime(date)
/** "November 2009", for months, which are kept as their first instant in UTC. */
export const monthAndYear = (date: Date): string => monthOnly.format(date)
