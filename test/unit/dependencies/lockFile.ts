import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../../server/http/projectRoot.ts'

/** As package-lock.json has it, with its place under node_modules: one name can be there in several versions. */
export interface LockedPackage {
  place: string
  name: string
  version: string
  dev?: boolean
  license?: string
  hasInstallScript?: boolean
  resolved?: string
}

export interface PackageFile {
  dependencies: Record<string, string>
  devDependencies: Record<string, string>
}

export interface LockFile {
  packages: Record<string, Omit<LockedPackage, 'place' | 'name'>>
}

export const readText = (file: string): string => readFileSync(join(projectRoot, file), 'utf8')
export const readPackageFile = (): PackageFile => JSON.parse(readText('package.json')) as PackageFile
export const readLocked = (): LockedPackage[] => lockedPackages(JSON.parse(readText('package-lock.json')) as LockFile)
export const declaredIn = ({ dependencies, devDependencies }: PackageFile) => ({ ...dependencies, ...devDependencies })

const modules = 'node_modules/'

export function lockedPackages({ packages }: LockFile): LockedPackage[] {
  return Object.entries(packages)
    .filter(([place]) => place !== '')
    .map(([place, locked]) => ({ place, name: place.slice(place.lastIndexOf(modules) + modules.length), ...locked }))
}
