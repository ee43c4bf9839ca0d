// Addresses that are not a page's own, as in hooks/casebook/validation/addresses.py.

import { unescaped } from "./markup.js";
import { shown } from "./text.js";

const MOST = 5;

/** What the address is, of those that are refused, and the one to use instead, or ""; undefined if it is not refused, is right in this field, or `given` says more. */
export function refusal(url, refusals, field, given) {
  const found = refusals.filter(({ pattern, unless }) => !given[unless] && new RegExp(pattern).test(url));
  if (!found.length || found.some(({ rightIn }) => rightIn === field)) return;
  const wrapper = found.find((one) => !("instead" in one));
  const mended = (address, { pattern, instead }) =>
    address.replace(new RegExp(pattern, "g"), instead).replace(/[?&;]+(?=#|$)/, "");
  return { what: found[0].is, better: wrapper ? inside(url) : found.reduce(mended, url) };
}

/** All that keeps the text from being an address that may stand, in words; or null. */
export function addressFault(url, { pattern, nearly, refusals, errorMessage }, field, say) {
  const value = shown(url);
  const said = [];
  let [better, mend] = [url];
  while (better && !new RegExp(pattern).test(better)) {
    let is;
    [is, better, mend] = nextFault(better, nearly, say);
    if (!is || said.push(is) > MOST) return say("shape.pattern", { value, errorMessage });
  }
  if (!said.length) return null;
  const always = refusals.filter(({ unless }) => !unless);
  const refused = better && refusal(better, always, field, {});
  if (refused) {
    said.push(say("shape.address.and", refused).message);
    better = refused.better;
    mend = say("addresses-lead-straight.unknown", { url, what: "" }).hint;
  }
  const is = [...new Set(said)].join(" and ");
  return say(`shape.address.${better ? "nearly" : "otherwise"}`, { value, is, better, mend });
}

/** One thing that is wrong, the text without it, or else how to mend it. */
function nextFault(url, nearly, say) {
  for (const { pattern, is, instead, mend } of nearly) {
    const found = new RegExp(pattern);
    if (found.test(url)) return [is, instead && url.replace(found, instead), mend];
  }
  const [, scheme, host, path] = url.match(/^(https?:\/\/)([^/?#]*)([\s\S]*)$/) ?? [];
  let [character] = (host && unescaped(host).match(/[^a-z0-9.:-]/iu)) ?? [];
  if (character) {
    const { message, hint } = say("shape.address.host", { character });
    return [message, "", hint];
  }
  const odd = /[^a-z0-9._~:/?#@!$&()*+,;=%-]/giu;
  [character] = path?.match(odd) ?? [];
  if (!character) return [];
  const { message } = say("shape.address.character", { character, form: percent(character) });
  return [message, scheme + host + path.replace(odd, percent)];
}

const percent = (character) => encodeURIComponent(character).replace("'", "%27");

/** The address that a wrapper holds, or "". */
function inside(url) {
  const [wrapped] = url.slice(8).match(/https?(?::|%3A|%253A|-3A).+?(?=__;|&|$)/i) ?? [];
  if (!wrapped) {
    const [, path] = url.match(/\/(?:amp|c|v)\/s\/([^/]+\.[^?#]+)/) ?? [];
    return path ? `https://${path}` : "";
  }
  const isProofpoint = wrapped.slice(0, 8).includes("-3A");
  return unescaped(isProofpoint ? wrapped.replaceAll("_", "/").replace(/-(?=[0-9A-F]{2})/g, "%") : wrapped);
}
