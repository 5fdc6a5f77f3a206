// Makes what compose.yaml needs to know and nobody else may: keys and passwords, each a file in deploy/secrets. Those that are there stay.
import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), 'secrets')
const password = () => randomBytes(24).toString('base64url')

// Containers run as different users: the folder keeps others out, not the files.
mkdirSync(folder, { recursive: true, mode: 0o700 })
keep('mongodb-keyfile', randomBytes(512).toString('base64'))
keep('mongodb-admin-password', password())
const mongodb = keep('mongodb-password', password())
keep('elasticsearch-admin-password', password())
const elasticsearch = keep('elasticsearch-password', password())
const metrics = keep('metrics-token', password())
keep(
  'skillpool.env',
  [
    `MONGODB_URI=mongodb://skillpool:${mongodb}@mongodb-0,mongodb-1,mongodb-2/skillpool?replicaSet=skillpool`,
    'ELASTICSEARCH_USERNAME=skillpool',
    `ELASTICSEARCH_PASSWORD=${elasticsearch}`,
    `METRICS_TOKEN=${metrics}`,
  ].join('\n'),
)

function keep(name, value) {
  const file = join(folder, name)
  if (!existsSync(file)) writeFileSync(file, value, { mode: 0o444 })
  return readFileSync(file, 'utf8')
}
