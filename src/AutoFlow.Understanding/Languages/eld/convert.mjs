// Writes ngrams.br from the npm package eld: node convert.mjs <folder of the package> <file to write>. See NOTICE.md.
//
// The file, after Brotli: "AFN1"; number of languages, then their codes of two letters; number of n-grams (4 bytes); then columns:
// n-gram keys in ascending order as differences (base-128, low bits first), number of languages of each n-gram, the languages,
// the scores. A key is up to four UTF-8 bytes, first byte highest, plus 1 << 32 at a word's start and 1 << 33 at a word's end.
import { brotliCompressSync, constants } from 'node:zlib';
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [folder, out] = process.argv.slice(2);
const load = file => import(pathToFileURL(resolve(folder, 'src', file)));
const { dictionary } = await load('dictionary.js');
const { ngramsData } = await load('ngrams/large.js');

// Languages whose script alone does not tell them; no data for other scripts.
const kept = 'bg ca cs da de en es et eu fi fr hr hu is it lt lv ms nl no pl pt ro ru sk sl sq sr sv tr uk vi'.split(' ');
const renamed = { ms: 'id' };
// The lowest score of the package is 0 in its data and 53 in its sums; ours are stored as they count.
const lowest = 53;

const byteOf = new Map();
dictionary.forEach((sign, byte) => { if (sign !== ' ' && byte >= 0x80) byteOf.set(sign, byte); });
const toByte = sign => {
  if (/[a-z'`]/.test(sign)) return sign.charCodeAt(0);
  if (!byteOf.has(sign)) throw new Error(`No byte for '${sign}'.`);
  return byteOf.get(sign);
};

const rows = [];
for (const [ngram, scores] of Object.entries(ngramsData.ngrams)) {
  const languages = Object.entries(scores)
    .map(([id, score]) => [kept.indexOf(ngramsData.languages[id]), score + lowest])
    .filter(([index]) => index >= 0)
    .sort((a, b) => a[0] - b[0]);
  if (languages.length === 0) continue;
  const start = ngram.startsWith(' '), end = ngram.endsWith(' ');
  let key = 0;
  for (const sign of ngram.trim()) key = key * 256 + toByte(sign);
  rows.push([key + (start ? 2 ** 32 : 0) + (end ? 2 ** 33 : 0), languages]);
}
rows.sort((a, b) => a[0] - b[0]);

const keys = [], counts = [], ids = [], scores = [];
let last = 0;
for (const [key, languages] of rows) {
  let difference = key - last;
  if (difference <= 0 && last > 0) throw new Error('Two n-grams have one key.');
  for (; difference >= 128; difference = Math.floor(difference / 128)) keys.push((difference % 128) | 128);
  keys.push(difference);
  last = key;
  counts.push(languages.length);
  for (const [index, score] of languages) { ids.push(index); scores.push(score); }
}
const number = Buffer.alloc(4);
number.writeUInt32LE(rows.length);
const codes = kept.map(code => renamed[code] ?? code).join('');
const raw = Buffer.concat([Buffer.from('AFN1'), Buffer.from([kept.length]), Buffer.from(codes), number,
  Buffer.from(keys), Buffer.from(counts), Buffer.from(ids), Buffer.from(scores)]);
const packed = brotliCompressSync(raw, { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22 } });
writeFileSync(out, packed);
console.log(`${rows.length} n-grams, ${scores.length} scores, ${raw.length} bytes, ${packed.length} packed`);
