// Makes three MongoDB servers a replica set and gives Skillpool a user there. Safe to repeat. It runs where the first server is 127.0.0.1: only from there,
// and only as long as there is no user, does MongoDB take commands from somebody it does not know.
import { readFileSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import mongoose from 'mongoose'

const { MongoClient, MongoServerError } = mongoose.mongo
const { SECRETS_DIR = '/run/secrets', FIRST = '127.0.0.1:27017', MEMBERS = 'mongodb-0:27017,mongodb-1:27017,mongodb-2:27017' } = process.env
const secret = name => readFileSync(`${SECRETS_DIR}/${name}`, 'utf8').trim()
const admin = { username: 'admin', password: secret('mongodb-admin-password') }
const alreadyInitiated = 23
const authenticationFailed = 18
const userExists = 51003

const code = error => (error instanceof MongoServerError ? error.code : undefined)

async function withClient(uri, options, work) {
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: 60_000, ...options })
  try {
    return await work(client)
  } finally {
    await client.close()
  }
}

const first = `mongodb://${FIRST}/?directConnection=true`
const set = `mongodb://${MEMBERS}/?replicaSet=skillpool`

async function hasAdmin() {
  try {
    await withClient(first, { auth: admin }, client => client.db('admin').command({ connectionStatus: 1 }))
    return true
  } catch (error) {
    if (code(error) === authenticationFailed) return false
    throw error
  }
}

async function begin(client) {
  const db = client.db('admin')
  const members = MEMBERS.split(',').map((host, _id) => ({ _id, host, priority: _id === 0 ? 2 : 1 }))
  await db.command({ replSetInitiate: { _id: 'skillpool', members } }).catch(error => {
    if (code(error) !== alreadyInitiated) throw error
  })
  while (!(await db.command({ hello: 1 })).isWritablePrimary) await wait(500)
  await db.command({ createUser: admin.username, pwd: admin.password, roles: ['root'] })
}

async function addSkillpool(client) {
  const user = { pwd: secret('mongodb-password'), roles: [{ role: 'readWrite', db: 'skillpool' }] }
  const db = client.db('skillpool')
  await db.command({ createUser: 'skillpool', ...user }).catch(async error => {
    if (code(error) !== userExists) throw error
    await db.command({ updateUser: 'skillpool', ...user })
  })
}

if (!(await hasAdmin())) await withClient(first, {}, begin)
await withClient(set, { auth: admin }, addSkillpool)
console.log('MongoDB is a replica set, and Skillpool has a user there.')
