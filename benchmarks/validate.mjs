// Holds the front matter of case studies against the schema, with js-yaml and ajv: node validate.mjs FOLDER SCHEMA MODULES

import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const [folder, schema, modules] = process.argv.slice(2);
const from = createRequire(join(resolve(modules), "any.js"));
const { load, FAILSAFE_SCHEMA } = from("js-yaml");
const Ajv = from("ajv/dist/2020.js");

const isValid = new Ajv({ strict: false, validateFormats: false }).compile(JSON.parse(readFileSync(schema, "utf8")));
let faulty = 0;
for (const name of readdirSync(folder)) {
  const front = readFileSync(join(folder, name), "utf8").split(/^---$/m)[1];
  if (isValid(load(front, { schema: FAILSAFE_SCHEMA }))) continue;
  faulty += 1;
  console.error(name, isValid.errors);
}
process.exitCode = faulty ? 1 : 0;
