// What is said of a mistake: schema/messages.yml, filled in as hooks/casebook/validation/messages.py does.

/** Return the function that gives the {message, hint} of a name, with values for its placeholders. */
export const formatter =
  (messages) =>
  (name, values = {}) => {
    const fill = (line) => line.replace(/\{(\w+)(?::(\w+))?\}/g, (_, key, noun) => text(values[key], noun));
    const [message, hint = ""] = messages[name].split("\n").map(fill);
    return { message, hint: hint.trim() };
  };

function text(value, noun) {
  const number = value.toLocaleString("en-GB"); // what is text already stays as it is
  return noun ? `${number} ${noun}${value === 1 ? "" : "s"}` : number;
}
