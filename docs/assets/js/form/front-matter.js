// Front matter as people write it: groups, lists and texts of YAML in block or flow style. Nothing else of YAML is read: a line
// that can't be read is handed back.

const BLANK = /^\s*(?:#.*)?$/;
const KEY = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'[\]{}#][^:#]*?)\s*:(?:\s+(.*)|\s*)$/;

/** {data, left}: what the text says, and the lines that can't be read. */
export function parseFrontMatter(text) {
  const lines = text.split("\n").map((one) => one.replace(/\t/g, "  "));
  const reader = new Reader(lines);
  const data = reader.block(0) ?? {};
  return { data: data instanceof Object && !Array.isArray(data) ? data : {}, left: reader.left };
}

const indent = (line) => line.match(/^ */)[0].length;

class Reader {
  left = [];
  at = 0;

  constructor(lines) {
    this.lines = lines;
  }

  /** The next line that says something; undefined at the end. */
  get next() {
    while (this.at < this.lines.length && BLANK.test(this.lines[this.at])) this.at++;
    return this.lines[this.at];
  }

  /** What stands there, indented by so much at least; undefined if nothing does. */
  block(least) {
    const line = this.next;
    if (line === undefined || indent(line) < least) return undefined;
    return line.trimStart().startsWith("- ") ? this.list(indent(line)) : this.group(indent(line));
  }

  list(depth) {
    const items = [];
    while (this.next !== undefined && indent(this.next) === depth && /^ *- /.test(this.next)) {
      const rest = this.next.slice(depth + 1);
      if (KEY.test(rest.trim()) && !/^["'[{]/.test(rest.trim())) {
        this.lines[this.at] = " ".repeat(depth + 1) + rest; // an item's fields stand below each other
        items.push(this.group(indent(this.lines[this.at])));
      } else {
        this.at++;
        items.push(this.value(rest.trim(), depth + 1));
      }
    }
    return items;
  }

  group(depth) {
    const found = {};
    while (this.next !== undefined && indent(this.next) >= depth) {
      const [, key, value = ""] = (indent(this.next) === depth && this.next.trim().match(KEY)) || [];
      if (key === undefined || /^__proto__$/.test(key)) this.left.push(this.lines[this.at++].trim());
      else {
        this.at++;
        found[unquoted(key)] = this.value(value.trim(), depth + 1);
      }
    }
    return found;
  }

  /** The value that begins so, and goes on in deeper lines. */
  value(begun, least) {
    if (!begun || begun.startsWith("#")) {
      const line = this.next;
      const isList = line !== undefined && indent(line) === least - 1 && /^ *- /.test(line);
      return (isList ? this.list(least - 1) : this.block(least)) ?? "";
    }
    if (/^[|>][+-]?$/.test(begun)) return this.deeper(least).join(begun[0] === "|" ? "\n" : " ");
    return scalar([begun, ...this.deeper(least)].join(" "));
  }

  deeper(least) {
    const found = [];
    while (this.next !== undefined && indent(this.next) >= least) found.push(this.lines[this.at++].trim());
    return found;
  }
}

function scalar(text) {
  if (text.startsWith("[")) return flow(text.slice(1).replace(/\]\s*(#.*)?$/, ""));
  if (text.startsWith("{")) {
    const pairs = flow(text.slice(1).replace(/\}\s*(#.*)?$/, "")).map((one) => one.match(KEY));
    return Object.fromEntries(pairs.filter(Boolean).map(([, key, value = ""]) => [unquoted(key), unquoted(value)]));
  }
  return unquoted(/^["']/.test(text) ? text : text.replace(/\s+#.*$/, ""));
}

/** The items of a list on one line. */
const flow = (text) =>
  (text.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^,"']|["'])+/g) ?? []).map((one) => unquoted(one.trim())).filter(Boolean);

function unquoted(text) {
  if (/^".*"$/.test(text)) {
    try {
      return JSON.parse(text);
    } catch {
      return text.slice(1, -1);
    }
  }
  return /^'.*'$/.test(text) ? text.slice(1, -1).replaceAll("''", "'") : text;
}
