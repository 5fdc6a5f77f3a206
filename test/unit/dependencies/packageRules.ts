import { declaredIn, type LockedPackage, type PackageFile } from './lockFile.ts'

const publicRegistry = 'https://registry.npmjs.org/'
const exactVersion = /^\d+\.\d+\.\d+(-[\w.]+)?$/

/** Ranges, and versions other than the one that is locked. */
export function notPinned(file: PackageFile, locked: readonly LockedPackage[]): string[] {
  return Object.entries(declaredIn(file))
    .filter(([name, version]) => !exactVersion.test(version) || lockedVersion(locked, name) !== version)
    .map(([name, version]) => `${name} ${version}`)
}

const lockedVersion = (locked: readonly LockedPackage[], name: string) =>
  locked.find(({ place }) => place === `node_modules/${name}`)?.version

/** The packages of a table in Markdown whose first column is a name between backticks. */
export const listedPackages = (markdown: string): string[] =>
  [...markdown.matchAll(/^\|\s*`([^`]+)`\s*\|/gm)].map(([, name]) => name as string)

/** What one of two lists lacks, in words. */
export function unlisted(declared: readonly string[], listed: readonly string[]): string[] {
  return [
    ...declared.filter(name => !listed.includes(name)).map(name => `${name} is not explained`),
    ...listed.filter(name => !declared.includes(name)).map(name => `${name} is explained, but not used`),
    ...listed.filter((name, position) => listed.indexOf(name) !== position).map(name => `${name} is explained twice`),
  ]
}

/** Packages that would run a script when installed: none that the site runs on, and of the others only those that work without it. */
export function needingInstallScripts(locked: readonly LockedPackage[], workWithout: readonly string[]): string[] {
  return locked
    .filter(({ hasInstallScript, dev, name }) => hasInstallScript && !(dev && workWithout.includes(name)))
    .map(({ place }) => place)
}

/** @param undeclared  licences of packages that name theirs in a file only, as somebody read them */
export function withoutAllowedLicence(
  locked: readonly LockedPackage[],
  allowed: readonly string[],
  undeclared: Readonly<Record<string, string>> = {},
): string[] {
  const isAllowed = (licence: string) => either(licence).some(part => part.split(' AND ').every(name => allowed.includes(name)))
  return locked
    .map(({ place, name, license }) => ({ place, licence: license ?? undeclared[name] }))
    .filter(({ licence }) => licence === undefined || !isAllowed(licence))
    .map(({ place, licence }) => `${place}: ${licence ?? 'no licence named'}`)
}

const either = (licence: string) => licence.replace(/[()]/g, '').split(' OR ')

/** Where a lock file says where a package comes from, that is the public registry: no mirror of somebody's own. */
export const fromElsewhere = (locked: readonly LockedPackage[]): string[] =>
  locked.filter(({ resolved }) => resolved !== undefined && !resolved.startsWith(publicRegistry)).map(({ place }) => place)
