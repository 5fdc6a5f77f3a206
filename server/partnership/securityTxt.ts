/** Half a year: RFC 9116 recommends less than a year. */
const goodForDays = 180
const dayMs = 86_400_000

interface Told {
  contact: string
  now: Date
  /** The site's address, where it is known for certain. */
  publicUrl: string | undefined
}

/** A security.txt as RFC 9116 has it. The day on which it expires moves on with every day, as long as the contact is kept. */
export function securityTxt({ contact, now, publicUrl }: Told): string {
  const expires = new Date(Math.floor(now.getTime() / dayMs + goodForDays) * dayMs)
  const lines = [
    `Contact: ${contactUri(contact)}`,
    `Expires: ${expires.toISOString().replace('.000', '')}`,
    'Preferred-Languages: en',
    ...(publicUrl === undefined ? [] : [`Canonical: ${publicUrl.replace(/\/+$/, '')}/.well-known/security.txt`]),
  ]
  return `${lines.join('\n')}\n`
}

const contactUri = (contact: string) =>
  /^https:/i.test(contact) ? new URL(contact).href : `mailto:${encodeURI(contact).replace(/[?#]/g, encodeURIComponent)}`
