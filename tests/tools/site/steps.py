"""Steps in the browser that the script makes without loading a page: what is seen after them, the bar too, is
what the address is served with, and Back leads through them. What is to happen while an answer is under way is
done in one go, with that answer held."""
from urllib.parse import urlsplit

from chromium import printed
from parsed import clean

# What the bar asks, and leads to: all of it that depends on the question; and what is below.
BAR = """return [
  document.title, document.querySelector('main').textContent,
  ...[...document.querySelectorAll('header.bar a, .ask a')].map(link => link.getAttribute('href')),
  ...[...document.querySelectorAll('.find input, .ask input, .ask select')].map(
    field => [field.name, field.id, field.value, field.placeholder, field.max, field.dataset.first].join('|')),
  ...[...document.querySelectorAll('.ask option, .ask summary, .ends span')].map(part => part.textContent),
]"""
# The first answer from here on stays away until what is done meanwhile is done, and its timers are over.
HELD = """
const done = arguments[arguments.length - 1], real = window.fetch;
let let_go;
const held = new Promise(go => { let_go = go; });
window.fetch = async (...what) => { window.fetch = real; await held; return real(...what); };
const click = id => document.getElementById(id).click();
const slide = days => {
  const slider = document.getElementById('slider');
  slider.value = +slider.value + days;
  slider.dispatchEvent(new Event('input'));
};
%s
setTimeout(() => { let_go(); done(); }, 250);"""
STAYS = "return window.stays"


def meanwhile(reader, does):
    reader.chromium.driver.execute_async_script(HELD % does)


def opened(reader, address):
    """It has a mark that no other page has, and none that was loaded again."""
    reader.open(address)
    reader.chromium.run("window.stays = true")


def here(reader, what):
    reader.served.check(what, reader.chromium.run(STAYS), f"{reader.address()} was loaded anew")


def as_loaded(reader, what):
    """The page is that of the address, its bar too."""
    here(reader, what)
    seen = reader.chromium.run(BAR)
    reader.open(reader.address())
    want = reader.chromium.run(BAR)
    reader.served.check(what, len(want) > 20, f"the bar has {len(want)} parts")
    other = [pair for pair in zip(seen, want) if pair[0] != pair[1]]
    reader.served.check(what, seen == want, f"{reader.address()}: {len(seen)} parts for {len(want)}, {other[:3]}")


def searched_after(reader):
    """A deal is looked for as the bar says, not as the page was loaded."""
    opened(reader, "/pipeline?as-of=2026-03-29&slice=all&clock=source")
    reader.find("back").click()
    reader.at_date("a step", "2026-03-22")
    here(reader, "a step")
    reader.find("q").send_keys("kelphaven", reader.key.ENTER)
    reader.until("search after a step", lambda: urlsplit(reader.address()).path == "/deals")
    asked = [reader.asked(key) for key in ("q", "as-of", "slice", "clock")]
    reader.served.check("search after a step", asked == ["kelphaven", "2026-03-22", "all", "source"],
                        f"{asked} is asked")


def bar_after(reader):
    for address, act in (("/pipeline?as-of=2026-03-29&slice=all", "document.getElementById('today').click()"),
                         ("/deals?q=kelp&as-of=2026-03-01", "document.getElementById('on').click()"),
                         ("/pipeline?as-of=2024-02-01", "document.getElementById('on').click()"),
                         ("/pipeline?as-of=2026-02-01", "const clock = document.getElementById('clock');"
                          "clock.value = 'source'; clock.dispatchEvent(new Event('change'))"),
                         ("/pipeline?as-of=2026-02-01&rules=default", "document.getElementById('rules').value = '';"
                          "document.getElementById('known-at').value = '2026-02-02';"
                          "document.getElementById('ask').requestSubmit()")):
        opened(reader, address)
        reader.chromium.run(act)
        reader.until(address, lambda a=address: reader.address() != a)
        as_loaded(reader, f"the bar, from {address}")


def said_after(reader):
    """Where the focus stays in the bar, the new page is said."""
    opened(reader, "/pipeline?as-of=2026-03-29")
    reader.press("[")
    reader.at_date("said", "2026-03-22")
    reader.until("said", lambda: "2026-03-22" in reader.find("said").get_attribute("textContent"))
    reader.chromium.run("document.querySelector('main a').focus()")
    reader.press("]")
    reader.at_date("said", "2026-03-29")
    reader.until("focus", lambda: reader.chromium.run("return document.activeElement.tagName") == "H1")
    here(reader, "said")


def back_after(reader):
    """By each step that was shown; one that was overtaken has a place for what overtook it."""
    opened(reader, "/pipeline?as-of=2026-03-29")
    for date in ("2026-03-22", "2026-03-15"):
        reader.press("[")
        reader.at_date("a step", date)
    here(reader, "steps")
    meanwhile(reader, "click('back'); slide(-2)")
    reader.at_date("slid after a step", "2026-03-13")
    for date in ("2026-03-15", "2026-03-22", "2026-03-29"):
        reader.chromium.driver.back()
        reader.at_date("Back", date)


def jumps(reader):
    """To another place of a page, and back."""
    opened(reader, "/pipeline?as-of=2026-03-29")
    reader.chromium.run("document.querySelector('.skip').click()")
    reader.until("jump", lambda: reader.chromium.run("return location.hash") == "#main")
    reader.chromium.driver.execute_async_script("setTimeout(arguments[0], 0)")
    here(reader, "a jump")
    reader.chromium.driver.back()
    reader.until("Back from a jump", lambda: reader.chromium.run("return location.hash") == "")
    here(reader, "Back from a jump")


def overtaken(reader):
    """What the slider still meant to ask does not come after what was asked since."""
    address = reader.pages["/metric"].replace(f"as-of={reader.served.ledger.as_of}", "as-of=2026-02-01")
    opened(reader, address)
    reader.served.check("overtaken", reader.asked("as-of") == "2026-02-01" and
                        reader.chromium.run("return !!document.querySelector('.dates')"), f"{address} has no dates")
    meanwhile(reader, "slide(-30); click('today')")
    reader.until("slide, then Today", lambda: reader.asked("as-of") is None)
    reader.until("slide, then Today: the page", lambda: "2026-03-30" in reader.chromium.run("return document.title"))
    as_loaded(reader, "slide, then Today")


def dragged(reader):
    """From before the ledger's first day, to which the slider reaches no more then."""
    from selenium.webdriver.common.action_chains import ActionChains
    opened(reader, "/pipeline?as-of=2024-02-01")
    slider, begin = reader.find("slider"), "return document.getElementById('slider').dataset.first"
    width = slider.size["width"]
    hold = ActionChains(reader.chromium.driver, duration=0)
    hold.move_to_element_with_offset(slider, 8 - width // 2, 0).click_and_hold().move_by_offset(width // 2, 0).perform()
    reader.until("dragged", lambda: reader.asked("as-of") > "2024-12")
    reader.served.check("dragged", reader.chromium.run(begin) == "2024-02-01", "the slider is another while it is held")
    ActionChains(reader.chromium.driver, duration=0).release().perform()
    reader.until("let go", lambda: reader.chromium.run(begin) == "2024-03-04")
    as_loaded(reader, "dragged")


def typed(reader):
    """What was not submitted is not asked, and does not stand there as if it were."""
    opened(reader, "/pipeline?as-of=2026-03-29&slice=all")
    reader.find("known-at").send_keys("2026-0")
    reader.chromium.run("document.getElementById('slider').focus()")
    reader.press(reader.key.ARROW_LEFT)
    reader.at_date("half typed", "2026-03-28")
    reader.served.check("half typed", reader.asked("known-at") is None and reader.asked("slice") == "all",
                        f"{reader.address()} is asked")
    as_loaded(reader, "half typed")
    # The browser keeps what was chosen, for who comes back.
    reader.chromium.run("document.getElementById('clock').value = 'source'")
    reader.open("/ledger")
    reader.chromium.driver.back()
    reader.at_date("Back from another page", "2026-03-28")
    clock = reader.find("clock").get_attribute("value")
    reader.served.check("Back from another page", clock == "", f"the clock is {clock}")


def full(reader):
    """Where the server has no room, it is asked once more, and then the browser asks."""
    opened(reader, "/pipeline?as-of=2026-03-29")
    refuse = """const real = window.fetch;
let left = arguments[0];
window.fetch = (...what) => left-- > 0
  ? Promise.resolve(new Response('full', { status: 503, headers: { 'Retry-After': '0' } })) : real(...what);"""
    reader.chromium.run(refuse, 1)
    reader.press("[")
    reader.at_date("asked once more", "2026-03-22")
    here(reader, "asked once more")
    reader.chromium.run(refuse, 2)
    reader.press("[")
    reader.at_date("no room", "2026-03-15")
    reader.served.check("no room", not reader.chromium.run(STAYS), "the answer was not shown as it is")


def picked(reader):
    """A date in a drawing, here and, as a link is, elsewhere."""
    from selenium.webdriver.common.action_chains import ActionChains
    driver = reader.chromium.driver
    opened(reader, reader.pages["/metric"])
    plot, before = driver.find_element("css selector", ".dates .pick"), reader.address()
    here_is, tabs = driver.current_window_handle, driver.window_handles
    ActionChains(driver).key_down(reader.key.CONTROL).click(plot).key_up(reader.key.CONTROL).perform()
    reader.until("picked with Control", lambda: len(driver.window_handles) == len(tabs) + 1)
    driver.switch_to.window(next(tab for tab in driver.window_handles if tab not in tabs))
    reader.until("picked with Control", lambda: urlsplit(reader.address()).path == "/metric" and
                 reader.address() != before)
    driver.close()
    driver.switch_to.window(here_is)
    reader.served.check("picked with Control", reader.address() == before, f"{reader.address()} is here")
    plot.click()
    reader.until("picked", lambda: reader.address() != before)
    here(reader, "picked")


TOP = "return document.getElementById(arguments[0]).getBoundingClientRect().top"
SECTIONS = "return [...document.querySelectorAll('main > .sec')].map(section => section.id)"
DRAWN = "requestAnimationFrame(() => requestAnimationFrame(arguments[0]))"
WAITS = """return [...document.querySelectorAll('main > .sec')].filter(
  section => !section.lastElementChild.checkVisibility({ contentVisibilityAuto: true })).length"""


def drawn(reader):
    reader.chromium.driver.execute_async_script(DRAWN)


def scrolled(reader):
    """What is in view stays where it is, wherever on the page that is, and what is not waits."""
    opened(reader, "/review?as-of=2026-03-29")
    day, ids = 29, reader.chromium.run(SECTIONS)
    reader.served.check("scrolled", len(ids) > 8, f"there are {ids}")
    for name in (ids[4], ids[-4], ids[2], ids[-3]):
        reader.chromium.run("document.getElementById(arguments[0]).scrollIntoView(); scrollBy(0, 7)", name)
        drawn(reader)
        before = reader.chromium.run(TOP, name)
        reader.chromium.run("document.getElementById('slider').focus({ preventScroll: true })")
        for _ in range(3):
            day -= 1
            reader.press(reader.key.ARROW_LEFT)
            date = f"2026-03-{day:02}"
            reader.until(f"scrolled to {name}", lambda now=date: reader.asked("as-of") == now and
                         now in reader.chromium.run("return document.title"))
            drawn(reader)
            there = reader.chromium.run(TOP, name)
            reader.served.check(f"scrolled to {name}", abs(there - before) <= 2, f"it went from {before} to {there}")
    here(reader, "scrolled")
    reader.served.check("scrolled", reader.chromium.run(WAITS) > 0, "all sections are laid out at once")
    linked(reader, ids[-1])
    all_on_paper(reader)


def linked(reader, name):
    """The link to a section leads there, or to the end of the page that it is at."""
    reader.chromium.run("scrollTo(0, 0)")
    drawn(reader)
    reader.chromium.run("document.querySelector(`.jump a[href='#${arguments[0]}']`).click()", name)
    drawn(reader)
    left = reader.chromium.run("return document.documentElement.scrollHeight - innerHeight - scrollY")
    top = reader.chromium.run(TOP, name)
    reader.served.check(f"link to {name}", abs(top - 16) <= 2 or (left <= 1 and 0 <= top < 900),
                        f"it is at {top}, {left} before the end")


def all_on_paper(reader):
    """What waits on a screen is on paper, and is found by who looks for it."""
    text = printed(reader.chromium)["A4"]
    heads = reader.chromium.run("return [...document.querySelectorAll('main > .sec h2')].map(head => head.textContent)")
    cells = reader.chromium.run("return [...document.querySelectorAll('main > .sec:last-child tbody th')]"
                                ".map(cell => cell.innerText.split('\\n')[0])")
    reader.served.check("printed", cells, "the last section has no rows")
    for words in (*heads, *cells[:1]):
        reader.served.check("printed", words in clean(text), f"{words!r} is not on paper")
    reader.chromium.run("scrollTo(0, 0)")
    drawn(reader)
    reader.served.check("find", reader.chromium.run("return find(arguments[0])", heads[-1]), f"{heads[-1]} is not found")


STEPS = (scrolled, searched_after, bar_after, said_after, back_after, jumps, overtaken, dragged, typed, full, picked)
