import type { LockedPackage } from './lockFile.ts'

export interface Floor {
  version: string
  /** What is wrong with older ones. */
  because: string
}

/** What is wrong, in words: copies below their floor, and floors for packages that are not there. */
export function belowFloors(locked: readonly LockedPackage[], floors: Readonly<Record<string, Floor>>): string[] {
  return Object.entries(floors).flatMap(([name, floor]) => {
    const copies = locked.filter(copy => copy.name === name)
    if (copies.length === 0) return [`${name} is not installed: take its floor away`]
    return copies
      .filter(copy => isOlder(copy.version, floor.version))
      .map(copy => `${copy.place} ${copy.version} is older than ${floor.version}: ${floor.because}`)
  })
}

/** By number, part by part; a pre-release is older than its release. */
export function isOlder(version: string, than: string): boolean {
  const [left, right] = [partsOf(version), partsOf(than)]
  const different = left.findIndex((part, position) => part !== right[position])
  return different !== -1 && (left[different] as number) < (right[different] as number)
}

function partsOf(version: string): number[] {
  const [, major, minor, patch, preRelease] = /^(\d+)\.(\d+)\.(\d+)(-.+)?(?:\+.+)?$/.exec(version) ?? []
  if (patch === undefined) throw new Error(`"${version}" is not a version`)
  return [Number(major), Number(minor), Number(patch), preRelease === undefined ? 1 : 0]
}
