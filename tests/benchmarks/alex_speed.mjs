// What alex takes for messages: a JSON list of texts on stdin, the best of some rounds on stdout.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const from = createRequire(`${process.argv[2]}/package.json`);
const { text } = await import(pathToFileURL(from.resolve("alex")));
const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const messages = JSON.parse(Buffer.concat(chunks).toString("utf8"));
const rounds = Number(process.argv[3]);

let best = Infinity;
let found = 0;
for (let round = 0; round < rounds; round++) {
  const started = process.hrtime.bigint();
  found = 0;
  for (const message of messages) found += text(message).messages.length;
  best = Math.min(best, Number(process.hrtime.bigint() - started) / 1e9);
}
process.stdout.write(JSON.stringify({ seconds: best, found }));
