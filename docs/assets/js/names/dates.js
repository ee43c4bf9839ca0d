// Dates as people write them, read by the schema's table of them, as hooks/casebook/model/written_dates.py does.

import { earliest } from "../form/text.js";

export const LENGTHS = { day: 10, month: 7, "partial-date": 10, year: 4 }; // by format, the most characters of a date

/** What a text means in a field of this format: {kept}; or one of {either}, which only its author knows; or {}. */
export function readDate(text, format, table, today) {
  const plain = text
    .toLowerCase()
    .replace(/\s+/g, " ")
    .trim()
    .replace(new RegExp(table.leftOut, "g"), " ")
    .replace(/\s+/g, " ")
    .replace(/^[ .]+|[ .]+$/g, "");
  if (earliest(plain) && format !== "year") return reading(plain, format);
  if (matching(table.now, plain)) return { ...reading(today, format), isNow: true };
  if (matching(table.none, plain)) return { isNone: true };
  for (const [shape, order] of table.forms) {
    const found = matching(
      shape.replace(/\{([A-Za-z]+)\}/g, (_, part) => table.parts[part]),
      plain,
    );
    if (!found) continue;
    if (order === "span") {
      const read = span(found.slice(1), format);
      if (read) return read;
      continue;
    }
    const read = date(found.slice(1), order, table, today);
    if (earliest(read)) return reading(read, format, order.endsWith("?"));
    if (/-(0[1-9]|1[0-2])-/.test(read)) return { isUnreal: true };
  }
  return {};
}

const matching = (pattern, text) => text.match(new RegExp(`^(?:${pattern})$`));

/** Two years, of which the second comes after the first: "2011/12", "2011 to 2015". */
function span([first, second], format) {
  const [year, short] = [Number(first), Number(second)];
  const last = second.length === 4 ? short : year - (year % 100) + short;
  const follows = second.length === 2 && short === (year + 1) % 100;
  if (format === "year" && (follows || last === year + 1)) return { kept: `${first}/${second.slice(-2)}` };
  if (!follows && (last <= year || (second.length === 2 && short <= 12))) return null;
  return format === "day" ? {} : { either: [first, String(follows ? year + 1 : last)], isSpan: true };
}

function date(found, order, { months }, today) {
  const parts = Object.fromEntries(found.map((part, at) => [order[at], part]));
  let { y: year, m: month = "", d: day = "" } = parts;
  if (year.length === 2) year = `${year <= today.slice(2, 4) ? 20 : 19}${year}`;
  if (/[a-z]/.test(month)) month = String(months.findIndex((names) => ` ${names}`.includes(` ${month}`)) + 1);
  const rest = [month, day].filter(Boolean).map((part) => part.padStart(2, "0"));
  return [year, ...rest].join("-");
}

/** The date as exactly as the field may have it; nothing if it is less exact than the field needs. */
function reading(text, format, isGuess = false) {
  const kept = format === "day" && text.length < 10 ? "" : text.slice(0, LENGTHS[format]);
  if (!kept) return {};
  return isGuess ? { either: [kept] } : { kept };
}
