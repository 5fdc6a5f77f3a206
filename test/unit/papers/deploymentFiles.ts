import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../../server/http/projectRoot.ts'

/** The metrics that queries or texts name, without what Prometheus adds to a histogram's name. */
export const metricsNamed = (text: string): string[] => [
  ...new Set([...text.matchAll(/\b(?:skillpool|process|nodejs)_[a-z0-9_]+\b/g)].map(([name]) => name.replace(/_(bucket|sum|count)$/, ''))),
]

/** Those that a page of /metrics declares. */
export const metricsShown = (text: string): string[] => [...text.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name as string)

/** What a Dockerfile copies out of the folder it stands in, without what it copies from its own stages. */
export const copiedByDockerfile = (text: string): string[] =>
  [...text.matchAll(/^COPY (?!--from)(.+)$/gm)].flatMap(([, words = '']) => words.split(' ').slice(0, -1))

/** What one stage takes from another must be there: copied before, or made by a command that the stage runs. */
export const copiedBetweenStages = (text: string): string[] =>
  [...text.matchAll(/^COPY --from=build \/app\/(\S+) /gm)].map(([, path]) => path as string)

/** What .dockerignore lets through: it begins with everything shut out. */
export const letThrough = (ignore: string): string[] => [...ignore.matchAll(/^!(\S+)$/gm)].map(([, path]) => path as string)

export const isMissing = (path: string): boolean => !existsSync(join(projectRoot, path))

export interface Compose {
  services: Record<string, Service>
  volumes: Record<string, unknown>
  networks: Record<string, unknown>
  secrets: Record<string, { file: string }>
}

interface Service {
  image?: string
  build?: string
  environment?: Record<string, string>
  volumes?: string[]
  secrets?: string[]
  networks?: string[]
  network_mode?: string
  depends_on?: Record<string, { condition: string }>
  healthcheck?: object
}

/** What services name that nobody declares, and files of this folder that are not there. */
export function unknownNames({ services, volumes, networks, secrets }: Compose): string[] {
  return Object.entries(services).flatMap(([name, service]) => {
    const mounted = (service.volumes ?? []).map(volume => volume.split(':')[0] as string)
    const others = Object.entries(service.depends_on ?? {})
    const shared = service.network_mode?.startsWith('service:') ? [service.network_mode.slice('service:'.length)] : []
    return [
      ...mounted.filter(source => (source.startsWith('./') ? isMissing(source) : !(source in volumes))),
      ...(service.secrets ?? []).filter(secret => !(secret in secrets)),
      ...(service.networks ?? []).filter(network => !(network in networks)),
      ...[...others.map(([other]) => other), ...shared].filter(other => !(other in services)),
      ...others
        .filter(([other, { condition }]) => condition === 'service_healthy' && !isHealthKnown(services[other]))
        .map(([other]) => `health of ${other}`),
    ].map(what => `${name}: ${what}`)
  })
}

/** Of what is built here, the Dockerfile says how. */
const isHealthKnown = (service: Service | undefined) => service?.healthcheck !== undefined || service?.build !== undefined
