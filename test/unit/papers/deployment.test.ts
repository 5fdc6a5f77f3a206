import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'chai'
import { parse } from 'yaml'
import { readConfig } from '../../../server/config.ts'
import { projectRoot } from '../../../server/http/projectRoot.ts'
import { scrape } from '../../support/scrape.ts'
import { startTestSite } from '../../support/testSite.ts'
import {
  type Compose,
  copiedBetweenStages,
  copiedByDockerfile,
  isMissing,
  letThrough,
  metricsNamed,
  metricsShown,
  unknownNames,
} from './deploymentFiles.ts'
import { readPaper } from './papers.ts'

interface Rules {
  groups: { rules: { alert: string; expr: string; labels: { severity: string }; annotations: { summary: string } }[] }[]
}
interface Dashboard {
  panels: { title: string; type: string; targets?: { expr: string }[] }[]
}

const textOf = (file: string) => readPaper(file).text

/** As Compose reads it where nothing else is set. */
const withDefaults = (text: string) => text.replace(/\$\{\w+:-(\w+)\}/g, '$1')

describe('metrics', () => {
  let shown: string[]

  before(async () => {
    const site = await startTestSite()
    shown = metricsShown((await scrape(site)).text)
    await site.close()
  })

  const { groups } = parse(textOf('deploy/prometheus/alerts.yml')) as Rules
  const alerts = groups.flatMap(({ rules }) => rules)
  const dashboard = JSON.parse(textOf('deploy/grafana/skillpool.json')) as Dashboard
  const unknown = (text: string) => metricsNamed(text).filter(name => !shown.includes(name))

  it('that alarms ask for are there', () => {
    expect(alerts.flatMap(({ expr }) => unknown(expr))).to.deep.equal([])
    expect(alerts.every(({ expr }) => metricsNamed(expr).length > 0 || expr.includes('up{'))).to.equal(true)
    expect(alerts).to.have.length.greaterThan(10)
  })

  it('that the dashboard shows are there, each of ours on it', () => {
    const queries = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
    expect(queries.flatMap(unknown)).to.deep.equal([])
    expect(dashboard.panels.filter(({ type, targets = [] }) => type !== 'row' && targets.length === 0)).to.deep.equal([])
    const ours = shown.filter(name => name.startsWith('skillpool_') && !['skillpool_database_up'].includes(name))
    expect(ours.filter(name => !metricsNamed(queries.join(' ')).includes(name))).to.deep.equal([])
  })

  it('are explained in docs/operations.md, all of ours and no others', () => {
    const explained = metricsNamed(textOf('docs/operations.md'))
    expect(explained.filter(name => !shown.includes(name))).to.deep.equal([])
    expect(shown.filter(name => name.startsWith('skillpool_') && !explained.includes(name))).to.deep.equal([])
  })

  it('that nobody shows are noticed', () => {
    expect(unknown('sum(rate(skillpool_wishes_total[5m])) / skillpool_http_request_duration_seconds_bucket')).to.deep.equal([
      'skillpool_wishes_total',
    ])
  })

  it('raise alarms that docs/operations.md explains, with the same query', () => {
    const rows = [...textOf('docs/operations.md').matchAll(/^\| `(Skillpool\w+)` \| `(.+?)`, /gm)]
    const explained = Object.fromEntries(rows.map(([, name, query]) => [name, query?.replaceAll('\\|', '|')]))
    expect(explained).to.deep.equal(Object.fromEntries(alerts.map(({ alert, expr }) => [alert, expr])))
    for (const { labels, annotations } of alerts) {
      expect(labels.severity).to.match(/^(page|ticket)$/)
      expect(annotations.summary).to.match(/\.$/)
    }
  })
})

describe('the image', () => {
  const dockerfile = textOf('Dockerfile')
  const ignore = textOf('.dockerignore')

  it('is made of files that are there and that reach it', () => {
    const copied = copiedByDockerfile(dockerfile)
    expect(copied).to.include.members(['package.json', 'server', 'views'])
    expect(copied.filter(isMissing)).to.deep.equal([])
    expect(copied.filter(path => !letThrough(ignore).some(open => path === open || path.startsWith(`${open}/`)))).to.deep.equal([])
    expect(ignore).to.match(/^\*$/m)
    expect(copiedByDockerfile('COPY a b ./\nCOPY --from=build /app/c ./c\n')).to.deep.equal(['a', 'b'])
    expect(isMissing('nowhere.json')).to.equal(true)
  })

  it('takes from the first stage what npm and the build put there', () => {
    const made = ['node_modules', 'dist', 'public/built', ...copiedByDockerfile(dockerfile)]
    const taken = copiedBetweenStages(dockerfile)
    expect(taken).to.include('public/built')
    expect(taken.filter(path => !made.includes(path))).to.deep.equal([])
  })

  it('runs on the Node of .nvmrc, as a user of its own', () => {
    const bases = [...dockerfile.matchAll(/^FROM node:(\d+)/gm)].map(([, version]) => version)
    expect(bases).to.deep.equal(Array(2).fill(textOf('.nvmrc').trim()))
    expect(dockerfile.indexOf('USER node')).to.be.greaterThan(dockerfile.lastIndexOf('RUN'))
    expect(dockerfile).to.include('/health/live')
  })
})

describe('compose.yaml', () => {
  const compose = parse(withDefaults(textOf('compose.yaml')), { merge: true }) as Compose

  it('names nothing that is not there', () => {
    expect(unknownNames(compose)).to.deep.equal([])
    const lost: Compose = {
      services: {
        a: { volumes: ['gone:/x', './nowhere:/y'], secrets: ['s'], networks: ['n'], depends_on: { b: { condition: 'service_healthy' } } },
      },
      volumes: {},
      networks: {},
      secrets: {},
    }
    expect(unknownNames(lost)).to.deep.equal(['a: gone', 'a: ./nowhere', 'a: s', 'a: n', 'a: b', 'a: health of b'])
  })

  it('runs two processes of Skillpool with settings that it knows', () => {
    const processes = Object.entries(compose.services).filter(([name]) => /^skillpool-\d$/.test(name))
    expect(processes).to.have.length(2)
    for (const [, { environment = {} }] of processes) {
      expect(Object.keys(environment).filter(name => !(name in readConfig(environment)))).to.deep.equal([])
      expect(environment).to.include({ TRUST_PROXY: '1' })
    }
    const proxy = textOf('deploy/proxy/Caddyfile')
    const targets = (parse(textOf('deploy/prometheus/prometheus.yml')) as { scrape_configs: { static_configs: { targets: string[] }[] }[] })
      .scrape_configs[0]?.static_configs[0]?.targets
    for (const [name] of processes) expect(proxy).to.include(`${name}:3000`)
    expect(targets).to.deep.equal(processes.map(([name]) => `${name}:3000`))
  })

  it('has its secrets made, for nobody else to read, and made once', () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'skillpool-secrets-')), 'secrets')
    const make = () => execFileSync(process.execPath, [join(projectRoot, 'deploy/makeSecrets.mjs'), folder])
    make()
    const wanted = Object.values(compose.secrets).map(({ file }) => file.split('/').at(-1) as string)
    expect(readdirSync(folder)).to.have.members(wanted)
    expect(statSync(folder).mode & 0o777).to.equal(0o700)
    const settings = readFileSync(join(folder, 'skillpool.env'), 'utf8')
    const given = Object.fromEntries(
      settings.split('\n').map(line => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    )
    const config = readConfig(given)
    expect(config.MONGODB_URI).to.include(readFileSync(join(folder, 'mongodb-password'), 'utf8'))
    expect(config.ELASTICSEARCH_PASSWORD).to.equal(readFileSync(join(folder, 'elasticsearch-password'), 'utf8'))
    expect(config.METRICS_TOKEN).to.equal(readFileSync(join(folder, 'metrics-token'), 'utf8'))
    make()
    expect(readFileSync(join(folder, 'skillpool.env'), 'utf8')).to.equal(settings)
    expect(textOf('.gitignore')).to.include('deploy/secrets/')
    rmSync(join(folder, '..'), { recursive: true })
  })
})
