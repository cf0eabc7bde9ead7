// Answers lines of { draft, schema, values } with lines of verdicts, or { error } where Ajv refuses the schema.
'use strict';
const classes = {
  Draft4: require('ajv-draft-04'),
  Draft7: require('ajv'),
  Draft201909: require('ajv/dist/2019'),
  Draft202012: require('ajv/dist/2020'),
};
const instances = {};
const addFormats = require('ajv-formats');
const lines = require('node:readline').createInterface({ input: process.stdin, terminal: false });

function instance(draft) {
  const Ajv = classes[draft].default ?? classes[draft];
  const ajv = new Ajv({ strict: false, logger: false, validateSchema: false });
  addFormats(ajv);
  return ajv;
}

lines.on('line', line => {
  const { draft, schema, values } = JSON.parse(line);
  let answer;
  try {
    const validate = (instances[draft] ??= instance(draft)).compile(schema);
    answer = values.map(value => validate(value));
  } catch (error) {
    answer = { error: error.message };
  }
  process.stdout.write(JSON.stringify(answer) + '\n');
});
