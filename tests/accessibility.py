"""What axe-core finds wrong on a page."""

from axe_playwright_python.sync_playwright import Axe

SCRIPT = Axe().axe_script
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules among them whose verdict may change with the colour scheme alone."""
RUN = """async ([within, rules]) => {
  await Promise.allSettled(document.getAnimations().map(({ finished }) => finished)); // colours change by and by
  const { violations } = await axe.run(within, { runOnly: rules, resultTypes: ["violations"] });
  return violations.map(({ id, nodes }) => [id, nodes[0].html]);
}"""


def faults(page, rules=STANDARDS, within="html"):
    """Each rule that is broken, with the first element that breaks it."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SCRIPT)
    return page.evaluate(RUN, [within, rules])


def faults_in_every_look(page, within="html"):
    """The same at two widths, in the light and in the dark: a list for each."""
    found = {}
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme, rules in (("light", STANDARDS), ("dark", OF_COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found[f"{scheme} {width}"] = faults(page, rules, within)
    return found


NO_FAULTS = {"light 1280": [], "dark 1280": [], "light 320": [], "dark 320": []}
