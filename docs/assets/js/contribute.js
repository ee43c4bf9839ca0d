// Who comes from an empty place of the gaps (?question=risk&theme=libraries) gets the front matter to begin with.

const query = new URLSearchParams(location.search);
const given = (name) => query.getAll(name).filter((id) => /^[a-z][a-z0-9-]*$/.test(id));
const themes = given("theme");
const questions = given("question");
const lines = [
  ...(themes.length ? [`themes: [${themes.join(", ")}]`] : []),
  ...(questions.length ? ["questions:", ...questions.flatMap((id) => [`  ${id}:`, "    answer: …", "    sources: […]"])] : []),
];
document.getElementById("lines").textContent = lines.join("\n");
document.getElementById("begun").hidden = lines.length === 0;
