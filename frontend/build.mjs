// Builds frontend/dist: styles and scripts of the site, of the cabinet and of the admin, icons.svg, motif.svg,
// pictures and the font files.
import { build, context } from "esbuild";
import { copyFile, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const here = path.dirname(fileURLToPath(import.meta.url));
const dist = path.join(here, "dist");
const require = createRequire(import.meta.url);

/** Every picture of a folder as a <symbol>, so that pages refer to one cached file. */
async function sprite(folder, names, prefix, bare) {
  const symbols = [];
  for (const name of names) {
    const svg = await readFile(path.join(here, folder, `${name}.svg`), "utf8");
    const [, attributes, body] = svg.match(/<svg([^>]*)>([\s\S]*)<\/svg>/);
    const kept = bare
      ? attributes.match(/viewBox="[^"]+"/)[0]
      : attributes.replace(/ xmlns="[^"]+"/, "").trim();
    symbols.push(`<symbol id="${prefix}${name}" ${kept}>${body.trim()}</symbol>`);
  }
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
}

async function pictures() {
  const icons = (await readdir(path.join(here, "icons")))
    .filter((file) => file.endsWith(".svg"))
    .map((file) => path.basename(file, ".svg"))
    .sort();
  // Icons are bare: colour and stroke come from the place where they stand (class "ic").
  await writeFile(path.join(dist, "icons.svg"), await sprite("icons", icons, "i-", true));
  await writeFile(path.join(dist, "motif.svg"), await sprite("motif", ["mark", "strip", "hero"], "", false));
  // As they are: the icon of a tab, of a phone's first screen, the card that social networks show.
  for (const file of ["favicon.svg", "icon-180.png", "icon-512.png", "social.png"]) {
    await copyFile(path.join(here, "motif", file), path.join(dist, file));
  }
}

async function fonts() {
  const files = path.join(path.dirname(require.resolve("@fontsource-variable/golos-text/package.json")), "files");
  await mkdir(path.join(dist, "fonts"), { recursive: true });
  for (const subset of ["cyrillic", "latin", "latin-ext"]) {
    const file = `golos-text-${subset}-wght-normal.woff2`;
    await copyFile(path.join(files, file), path.join(dist, "fonts", file));
  }
}

const options = {
  entryPoints: [
    ...["styles/site.css", "styles/admin.css"],
    ...["scripts/site.js", "scripts/upload.js", "scripts/lines.js", "scripts/translation-editor.js"],
    ...["scripts/editing-session.js", "scripts/cabinet-session.js", "scripts/schedule.js", "scripts/progress.js"],
    "scripts/writing.js",
  ].map((name) => path.join(here, name)),
  outdir: dist,
  entryNames: "[name]",
  bundle: true,
  minify: true,
  format: "iife",
  external: ["fonts/*"],
  logLevel: "info",
};

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await Promise.all([pictures(), fonts()]);
if (process.argv.includes("--watch")) {
  await (await context(options)).watch();
} else {
  await build(options);
}
