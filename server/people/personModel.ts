import type { Connection } from 'mongoose'
import { type Role, roles } from '../access/roles.ts'
import { type Level, levels, type Willingness, willingness } from '../skills/levels.ts'
import { searchableModel } from '../storage/defineModel.ts'
import type { SearchableRecord } from '../storage/searchable.ts'
import type { Absence } from './absence.ts'

export interface DeclaredSkill {
  skillId: string
  level: Level
  /** The month, as its first instant. */
  lastUsed?: Date
  willing: Willingness[]
}

/** Two files of one picture, see server/files. */
export interface Photo {
  /** Made from the bytes: another one for another picture. */
  version: string
  smallId: string
  largeId: string
}

/** A profile. Whether somebody may sign in is their account's matter. */
export interface Person extends SearchableRecord {
  name: string
  nameWords: string[]
  organisationId: string
  teamIds: string[]
  /** What somebody does: "Infrastructure lead". */
  role: string
  /** What somebody may do here; see access/may.ts. */
  roles: Role[]
  about: string
  email?: string
  phone?: string
  workingPattern?: string
  photo?: Photo
  skills: DeclaredSkill[]
  absence?: Absence
  /** How many open requests for help they take at once; none, when they do not wish to be asked. Left out, as many as is usual. */
  requestLimit?: number
  status: 'active' | 'left'
  sourceId?: string
}

export const personModel = (connection: Connection) =>
  searchableModel<Person>(connection, {
    collection: 'people',
    fields: {
      name: { type: String, required: true },
      nameWords: [String],
      organisationId: { type: String, required: true },
      teamIds: [String],
      role: String,
      roles: { type: [String], enum: roles },
      about: String,
      email: String,
      phone: String,
      workingPattern: String,
      photo: { type: { version: String, smallId: String, largeId: String }, _id: false },
      skills: [
        {
          _id: false,
          skillId: { type: String, required: true },
          level: { type: String, enum: levels, required: true },
          lastUsed: Date,
          willing: { type: [String], enum: willingness },
        },
      ],
      absence: { type: { from: String, until: String, coverId: String, coverSourceId: String, note: String }, _id: false },
      requestLimit: Number,
      status: { type: String, enum: ['active', 'left'], required: true },
      sourceId: String,
    },
    indexes: [
      [{ name: 1, _id: 1 }],
      [{ nameWords: 1 }],
      [{ organisationId: 1, name: 1, _id: 1 }],
      [{ teamIds: 1 }],
      [{ 'skills.skillId': 1 }],
      [{ sourceId: 1 }],
      [{ email: 1 }],
      [{ roles: 1 }],
    ],
  })
