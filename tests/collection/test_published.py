"""No address that was published is lost: each id is there, leads on, or is told as taken back."""

from pathlib import Path

LIST = Path("tests/collection/published.txt")


def current(casebook):
    """The ids of all case studies, and of all claims in them, as `slug` and `slug#id`."""
    for case in casebook.cases:
        yield case.slug
        claims = [answer.term.id for answer in case.answers]
        claims += [one.id for one in (*case.outputs, *case.outcomes, *case.costs, *case.updates)]
        yield from (f"{case.slug}#{id}" for id in claims)


def test_every_published_id_is_there_or_leads_on_or_is_taken_back(collection, casebook, request):
    file = collection / LIST
    published = file.read_text(encoding="utf-8").splitlines()
    if request.config.getoption("--update-published"):
        file.write_text("\n".join(sorted({*published, *current(casebook)})) + "\n", encoding="utf-8")
    names = {name: case.slug for case in casebook.cases for name in (case.slug, *case.former)}
    gone = {name for case in casebook.withdrawn for name in (case.slug, *case.former)}
    known = {*current(casebook)}
    known |= {f"{case.slug}#{one.id}" for case in casebook.cases for one in case.retired}
    lost = []
    for one in published:
        slug, mark, id = one.partition("#")
        if slug not in gone and f"{names.get(slug)}{mark}{id}" not in known:
            lost.append(one)
    assert lost == []
    assert published == sorted(published)
