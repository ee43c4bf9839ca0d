// Which case studies have the values that are chosen, and how many would have another one.

const COUPLED = ["result", "evidence"]; // chosen together, they must hold for one outcome

/** The cases of facets.json, from the distances between them. */
export function decode({ values, outcomes, added }) {
  const sums = (distances) => {
    let number = 0;
    return distances.map((distance) => (number += distance));
  };
  const decoded = (lists) => Object.fromEntries(Object.entries(lists).map(([id, distances]) => [id, sums(distances)]));
  return {
    values: Object.fromEntries(Object.entries(values).map(([facet, ids]) => [facet, decoded(ids)])),
    outcomes: decoded(outcomes),
    added,
  };
}

/** The cases that have a value, given what else is chosen: a result with the evidence that is asked for, and the other way round. */
function having(data, chosen, facet, id) {
  const other = COUPLED.includes(facet) && COUPLED.find((name) => name !== facet);
  if (!other || !chosen.has(other)) return data.values[facet][id] ?? [];
  const pairs = chosen.get(other).map((wanted) => (facet === "result" ? `${id} ${wanted}` : `${wanted} ${id}`));
  return [...new Set(pairs.flatMap((pair) => data.outcomes[pair] ?? []))];
}

/** How many of the choices each case misses: in all, and by facet. The words count as one choice. */
export function missed(data, total, scores, { chosen, isAll }) {
  const all = new Uint8Array(total);
  const byFacet = new Map();
  for (const [facet, ids] of chosen) {
    const found = new Uint8Array(total);
    for (const id of ids) for (const number of having(data, chosen, facet, id)) found[number]++;
    const enough = facet === "question" && isAll ? ids.length : 1;
    const misses = found.map((times) => (times < enough ? 1 : 0));
    byFacet.set(facet, misses);
    for (let number = 0; number < total; number++) all[number] += misses[number];
  }
  if (scores) for (let number = 0; number < total; number++) all[number] += scores.has(number) ? 0 : 1;
  return { total: all, byFacet };
}

/** How many cases there would be with this value, given what is chosen in the other facets. */
export function countWith(data, misses, { chosen, isAll }, facet, id) {
  const isJoined = facet === "question" && isAll; // then it narrows down what is chosen in its own facet, too
  const free = isJoined ? [] : COUPLED.includes(facet) ? COUPLED : [facet];
  const own = free.map((name) => misses.byFacet.get(name)).filter(Boolean);
  const fits = (number) => misses.total[number] === own.reduce((sum, missing) => sum + missing[number], 0);
  return having(data, chosen, facet, id).filter(fits).length;
}
