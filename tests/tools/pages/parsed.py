"""A page as its text, its tables and its ids; what is not well-formed is a fault. HTML's own rules for
missing tags are not used by our pages: every element is closed, and in order."""
from html.parser import HTMLParser

VOID = {"meta", "link", "br", "wbr", "input"}
KINDS = {"p", "td", "th", "li", "h1", "h2", "h3", "dt", "dd", "summary", "div", "tr", "caption", "title"}


class Page(HTMLParser):
    """`alone`: it stands for itself; else it may have a script, a form and addresses of others."""

    def __init__(self, text, alone=True):
        super().__init__(convert_charrefs=True)
        self.alone = alone
        self.open, self.faults, self.ids, self.links, self.labels = [], [], [], [], []
        self.words, self.style = [], []
        self.sections = {}  # id: rows, each a list of the texts of its cells
        self.section = self.row = self.cell = None
        self.texts = {}  # id: all of its text
        self.feed(text)
        self.close()
        if self.open:
            self.faults.append(f"not closed: {self.open}")
        self.text = clean("".join(self.words))
        self.texts = {name: clean("".join(words)) for name, words in self.texts.items()}

    def handle_decl(self, decl):
        if decl.lower() != "doctype html" or self.open:
            self.faults.append(f"declares {decl}")

    def handle_comment(self, data):
        self.faults.append(f"a comment: {data}")

    def handle_pi(self, data):
        self.faults.append(f"an instruction: {data}")

    def handle_starttag(self, tag, attributes):
        where = f"<{tag}> at line {self.getpos()[0]}"
        for name, value in attributes:
            if name.startswith("on") or name in ("style", "srcdoc", "xmlns") or (
                    self.alone and name in ("src", "action")):
                self.faults.append(f"{where} has {name}")
            if value is None:
                self.faults.append(f"{where}: {name} has no value")
            elif name == "id":
                self.ids.append(value)
            elif name == "href":
                self.links.append(value)
            elif name == "aria-labelledby":
                self.labels += value.split()
        names = [name for name, _ in attributes]
        if len(names) != len(set(names)):
            self.faults.append(f"{where} has an attribute twice")
        if tag in ("iframe", "object", "embed", "img", "base", "foreignobject") or (
                self.alone and tag in ("script", "form", "input")):
            self.faults.append(where)
        if tag not in VOID:
            self.open.append(tag)
        if tag in KINDS or tag == "br":
            self.handle_data(" ")
        if tag == "section":
            self.section = dict(attributes)["id"]
            self.sections[self.section], self.texts[self.section] = [], []
        elif tag == "tr":
            self.row = []
        elif tag in ("td", "th"):
            self.cell = []

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open[-1] != tag:
            self.faults.append(f"</{tag}> at line {self.getpos()[0]} closes {self.open[-1:]}")
            return
        self.open.pop()
        if tag in ("td", "th") and self.row is not None:
            self.row.append(clean("".join(self.cell)))
            self.cell = None
        elif tag == "tr":
            if self.section and self.row:
                self.sections[self.section].append(self.row)
            self.row = None
        elif tag == "section":
            self.section = None

    def handle_data(self, data):
        if "style" in self.open:
            self.style.append(data)
            return
        self.words.append(data)
        if "title" in self.open[1:] and "svg" in self.open or "desc" in self.open:
            return  # what a drawing says beside the cell
        if self.section:
            self.texts[self.section].append(data)
        if self.cell is not None:
            self.cell.append(data)


def clean(text):
    """As it is read: one space for many, and the signs of figures as a keyboard has them."""
    return " ".join(text.replace("\u00a0", " ").replace("\u2212", "-").split())


def faults_of(text):
    """What is wrong with the markup of a page, in sentences."""
    page = Page(text)
    faults = list(page.faults)
    style = "".join(page.style).replace("url(#", "")  # what is on the page itself
    for what in ("@import", "url(", "expression", "</"):
        if what in style:
            faults.append(f"the style sheet has {what}")
    for name in sorted({name for name in page.ids if page.ids.count(name) > 1}):
        faults.append(f"the id {name} is there twice")
    faults += [f"{name} labels, and is not there" for name in page.labels if name not in page.ids]
    for link in page.links:
        if link != "data:," and (not link.startswith("#") or link[1:] not in page.ids):
            faults.append(f"a link leads to {link}")
    if len(text.encode()) > 150_000:
        faults.append(f"it has {len(text.encode())} bytes")
    return page, faults
