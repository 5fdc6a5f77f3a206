/** Colours as #rrggbb. */
type Channels = [red: number, green: number, blue: number]

const steps = 256
const black = '#000000'
const white = '#ffffff'

/** "0F4C5C", "#0f4c5c" and "#abc" as #rrggbb; undefined for what is no such colour. */
export function readColour(typed: string): string | undefined {
  const digits = typed.trim().replace(/^#/, '').toLowerCase()
  if (/^[0-9a-f]{6}$/.test(digits)) return `#${digits}`
  if (/^[0-9a-f]{3}$/.test(digits)) return `#${digits.replace(/./g, digit => digit + digit)}`
  return undefined
}

/** The contrast ratio of WCAG 2.2 (success criterion 1.4.3): from 1 to 21, whichever of the two is lighter. */
export function contrast(one: string, other: string): number {
  const [lighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (lighter + 0.05) / (darker + 0.05)
}

/** How well it is read on whichever of the grounds suits it least. */
export const leastContrast = (colour: string, grounds: readonly string[]): number =>
  Math.min(...grounds.map(ground => contrast(colour, ground)))

/** As a ratio is printed. Never rounded up: 4.499 must not read as enough. */
export const ratioText = (ratio: number): string => `${(Math.floor(ratio * 100) / 100).toFixed(2)} : 1`

/** This colour, or the nearest darker one of which `isGood` is true; in the end black. */
export const darkenedUntil = (colour: string, isGood: (colour: string) => boolean): string => nearest(colour, black, isGood)

/** The same towards white. */
export const lightenedUntil = (colour: string, isGood: (colour: string) => boolean): string => nearest(colour, white, isGood)

function nearest(colour: string, end: string, isGood: (colour: string) => boolean): string {
  for (let step = 0; step < steps; step++) {
    const tried = mixed(colour, end, step / steps)
    if (isGood(tried)) return tried
  }
  return end
}

/** @param share  of `other`, from 0 to 1 */
export function mixed(colour: string, other: string, share: number): string {
  const others = channelsOf(other)
  const mix = channelsOf(colour).map((channel, place) => Math.round(channel + ((others[place] ?? 0) - channel) * share))
  return `#${mix.map(channel => channel.toString(16).padStart(2, '0')).join('')}`
}

const channelsOf = (colour: string) => [1, 3, 5].map(start => Number.parseInt(colour.slice(start, start + 2), 16)) as Channels

function luminance(colour: string): number {
  const [red, green, blue] = channelsOf(colour).map(channel => linear(channel / 255)) as Channels
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

const linear = (part: number) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
