import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { rehearse } from '../../tests/rehearsal.ts'
const folder = mkdtempSync('/dev/shm/imprimatur-soak-')
const seed = Number(process.argv[3] ?? 1)
const r = await rehearse(join(folder,'site'), join(folder,'built'), seed)
let bad=0
for (let i=0;i<Number(process.argv[2]??100);i++){ const {change,wrong}=await r.step(); if(wrong.length){bad++;console.log(i,change,wrong.slice(0,4))} }
console.log('bad',bad, await r.dev.stop()); console.log(r.dev.said().slice(-500))
process.exit()
