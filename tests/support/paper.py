"""What stands on paper, read back from a PDF."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pypdfium2

MARGIN = {side: "10mm" for side in ("top", "right", "bottom", "left")}
HYPHEN = "[\ufffe\x02]\\s*"
"""What is read where a line ends within a word."""
SHOWN = """[...document.querySelectorAll('#content *')].filter(part => part.checkVisibility() && part.closest('.unseen') === null)
  .flatMap(part => [...part.childNodes].filter(node => node.nodeType === 3).map(node => node.data)).join(' ')"""


@dataclass(frozen=True)
class Paper:
    text: str
    outside: str
    """Letters that stand beyond the edge of their sheet, if only in part."""

    @cached_property
    def squeezed(self) -> str:
        """The text without spaces: what is broken at the end of a line is whole here."""
        return re.sub(r"\s+", "", self.text)

    def lacks(self, words: str) -> list[str]:
        """The words that don't stand here as often as in these."""
        missing = Counter(words.split()) - Counter(self.text.split())
        squeezed = self.squeezed
        return [word for word, times in missing.items() if squeezed.count(word) < times]


def printed(page, **options) -> Paper:
    """Print the page as a browser does for somebody: A4, with margins."""
    return read(pypdfium2.PdfDocument(page.pdf(format="A4", margin=MARGIN, **options)))


def read(pdf: pypdfium2.PdfDocument) -> Paper:
    text = "\n".join(sheet.get_textpage().get_text_range() for sheet in pdf)
    outside = "".join(letter for sheet in pdf for letter in _outside(sheet))
    return Paper(re.sub(HYPHEN, "-", text), outside)


def words_shown(page) -> str:
    """What the page's own text would show on paper now."""
    page.emulate_media(media="print")
    return page.evaluate(SHOWN)


def _outside(sheet) -> Iterator[str]:
    width, height = sheet.get_size()
    letters = sheet.get_textpage()
    for number in range(letters.count_chars()):
        left, bottom, right, top = letters.get_charbox(number)
        if left < 0 or bottom < 0 or right > width or top > height:
            yield letters.get_text_range(number, 1)
