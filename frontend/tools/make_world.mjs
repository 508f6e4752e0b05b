// Makes public/world.json out of world-atlas: `node tools/make_world.mjs node_modules/world-atlas/countries-110m.json`.
// Lines only, in tenths of a degree, differences after the first point. An arc of one country is coast, an arc of two is a border.
import { readFileSync, writeFileSync } from "node:fs";

const [from, to = "public/world.json"] = process.argv.slice(2);
const topology = JSON.parse(readFileSync(from, "utf8"));
const { scale, translate } = topology.transform;

const uses = new Map();
const count = (arcs) => (Array.isArray(arcs) ? arcs.forEach(count) : uses.set(arcs < 0 ? ~arcs : arcs, (uses.get(arcs < 0 ? ~arcs : arcs) ?? 0) + 1));
for (const shape of topology.objects.countries.geometries) count(shape.arcs);

const lines = { land: [], borders: [] };
topology.arcs.forEach((arc, number) => {
  let [x, y] = [0, 0];
  const out = [];
  let last = null;
  for (const [dx, dy] of arc) {
    x += dx;
    y += dy;
    const here = [Math.round((x * scale[0] + translate[0]) * 10), Math.round((y * scale[1] + translate[1]) * 10)];
    if (last && here[0] === last[0] && here[1] === last[1]) continue;
    out.push(...(last ? [here[0] - last[0], here[1] - last[1]] : here));
    last = here;
  }
  if (out.length >= 4) lines[(uses.get(number) ?? 1) > 1 ? "borders" : "land"].push(out);
});

const text = JSON.stringify({
  source: "Natural Earth 1:110m (public domain) through world-atlas 2.0.2 (Michael Bostock, ISC licence); lines rounded to 0.1 degree",
  note: "Borders as Natural Earth draws them; enduse takes no position on any of them and draws none unless asked.",
  ...lines,
});
writeFileSync(to, `${text}\n`);
console.log(`${to}: ${text.length} bytes, ${lines.land.length} coast lines, ${lines.borders.length} borders`);
