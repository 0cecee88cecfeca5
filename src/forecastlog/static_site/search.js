// The one script of a copy in files: every word has to be found, the last one may be unfinished.
"use strict";

const MOST = 100;
const field = document.getElementById("q");
const told = document.getElementById("told");
const list = document.getElementById("found");
const plain = text => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const words = text => plain(text).match(/[\p{L}\p{N}]+/gu) || [];
let rows = [], records = "";

async function forecastlogIndex(packed, place) {
  records = place;
  const bytes = Uint8Array.from(atob(packed), letter => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"));
  const [names, ...lines] = (await new Response(stream).text()).split("\f");
  const bylines = names.split("\n");
  rows = lines.map(line => {
    const [id, byline, said, claim] = line.split("\t");
    const row = { id, said: `${bylines[byline]}: ${said}`, claim };
    return { ...row, words: ` ${words(`${row.said} ${claim} ${id}`).join(" ")} ` };
  });
  show();
}

function item(row) {
  const link = Object.assign(document.createElement("a"), { textContent: row.said });
  link.href = `${records}${encodeURIComponent(row.id)}/index.html`;
  const question = Object.assign(document.createElement("span"), { className: "faint" });
  question.textContent = ` Our question, in our wording: ${row.claim}`;
  const entry = document.createElement("li");
  entry.append(link, question);
  return entry;
}

function show() {
  const wanted = words(field.value);
  const last = wanted.at(-1);
  const has = row => wanted.every(word => row.words.includes(word === last ? ` ${word}` : ` ${word} `));
  const hits = wanted.length ? rows.filter(has) : [];
  const whole = narrowed ? " The search looks through all predictions: a copy in files cannot narrow it by a filter." : "";
  const more = hits.length > MOST ? ` The newest ${MOST} are shown: another word finds fewer.` : "";
  told.textContent = wanted.length
    ? `${hits.length} of ${rows.length} predictions, newest first.${more}${whole}`
    : `Type a word: every word has to be found.${whole}`;
  list.replaceChildren(...hits.slice(0, MOST).map(item));
}

const asked = new URLSearchParams(location.search);
const narrowed = [...asked.keys()].some(name => name !== "q");
field.value = asked.get("q") || "";
field.addEventListener("input", show);
field.form.addEventListener("submit", event => {
  event.preventDefault();
  show();
});
