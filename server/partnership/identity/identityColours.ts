import { contrast, darkenedUntil, leastContrast, lightenedUntil, mixed } from './colour.ts'

/** Custom properties of public/styles with their colours. */
export type Properties = Readonly<Record<string, string>>

export const enough = 4.5
const enoughForShapes = 3
const much = 7
const white = '#ffffff'
const black = '#000000'

/** What links stand on, as public/styles/_properties.scss has it: the page, then soft, tint, highlight, good-ground and attention-ground. */
export const grounds = {
  light: ['#ffffff', '#f3f6f7', '#e3ecef', '#fff0c2', '#e3f2ea', '#fdf1df'],
  dark: ['#10181e', '#17222a', '#21333c', '#5c4a10', '#17372a', '#3c2b12'],
}

/** White text on it in the header and on buttons. */
export const whiteOn = (colour: string): number => contrast(white, colour)
export const isReadable = (colour: string): boolean => whiteOn(colour) >= enough
export const readableNear = (colour: string): string => darkenedUntil(colour, isReadable)

/** What a partnership's colour comes to. `least` is the contrast of text: more for people who ask their system for it. */
export function lightColours(colour: string, least: number = enough): Properties {
  const brand = darkenedUntil(colour, tried => whiteOn(tried) >= least)
  const link = darkenedUntil(colour, tried => leastContrast(tried, grounds.light) >= least)
  return { ...header(brand), brand, 'brand-deep': mixed(brand, black, 0.25), link, 'link-hover': mixed(link, black, 0.35) }
}

/** On dark ground buttons must stand out of it too, and links are light. */
export function darkColours(colour: string, least: number = enough): Properties {
  const standsOut = lightenedUntil(colour, tried => leastContrast(tried, grounds.dark.slice(0, 1)) >= enoughForShapes)
  const brand = least > enough ? darkenedUntil(colour, tried => whiteOn(tried) >= least) : standsOut
  const link = lightenedUntil(colour, tried => leastContrast(tried, grounds.dark) >= least)
  return {
    ...header(darkenedUntil(colour, tried => whiteOn(tried) >= least)),
    brand,
    'brand-deep': mixed(brand, black, 0.4),
    link,
    'link-hover': mixed(link, white, 0.6),
  }
}

export const moreContrast = { light: (colour: string) => lightColours(colour, much), dark: (colour: string) => darkColours(colour, much) }

const header = (ground: string): Properties => ({ header: ground, 'header-quiet': white, 'header-mark': white })
