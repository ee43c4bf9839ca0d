"""What axe-core finds wrong on a page."""

from axe_playwright_python.sync_playwright import Axe

SCRIPT = Axe().axe_script
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOKS = [
    ("light", 1280, STANDARDS),
    (
        "dark",
        320,
        "button-name color-contrast label link-name scrollable-region-focusable target-size".split(),
    ),
]
"""Each colour scheme and each width once: no rule of the style sheet speaks of both. Every rule is tried in the first,
and in the second those that depend on colours, on widths, and on what shows in narrow windows alone."""
RUN = """async ([within, rules]) => {
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished)); // colours change by and by
  const { violations } = await axe.run(within, { runOnly: rules, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => [id, nodes[0].html]);
}"""


def faults(page, within="html", rules=STANDARDS):
    """Each rule that is broken, with the first element that breaks it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    return page.evaluate(RUN, [within, rules])


def faults_in_every_look(page, within="html"):
    """The same on a wide screen in the light and on a narrow one in the dark: a list for each. The page stays narrow."""
    found = {}
    for scheme, width, rules in LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 800})
        found[f"{scheme} {width}"] = faults(page, within, rules)
    return found


NO_FAULTS = {"light 1280": [], "dark 320": []}
