#!/usr/bin/env python3
"""browser.py BACKCAST - who may ask, in a real browser: the token becomes a cookie that no script sees; a
link on a page of another site leads to a page without data, and from there to what it is of; nothing of
ours is within a page of another site.

Skipped (77) where there is no browser (tests/tools/pages/chromium.py)."""
import http.server
import os
import sys
import tempfile
import threading

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "pages"))
from chromium import Chromium  # noqa: E402
from program import EVENT, Serving, check, faults, run  # noqa: E402

TARGET = "/pipeline?as-of=2025-06-01&slice=all"


def other_site(serving):
    """At `localhost`, which is another site than 127.0.0.1."""
    page = (f'<!DOCTYPE html><title>elsewhere</title>'
            f'<a href="http://127.0.0.1:{serving.port}{TARGET.replace("&", "&amp;")}">the pipeline</a>'
            f'<iframe src="http://127.0.0.1:{serving.port}/pipeline"></iframe>'
            f'<img src="http://127.0.0.1:{serving.port}/pipeline">').encode()

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):  # pylint: disable=invalid-name
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(page)))
            self.end_headers()
            self.wfile.write(page)

        def log_message(self, *_):  # pylint: disable=arguments-differ
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server


def seen(driver):
    return driver.title, driver.find_element("tag name", "body").text


def click(driver, text):
    driver.find_element("link text", text).click()


def look(driver, serving, other):
    ours, elsewhere = f"http://127.0.0.1:{serving.port}", f"http://localhost:{other.server_port}/"
    driver.get(elsewhere)
    click(driver, "the pipeline")
    check(seen(driver)[0] == "backcast: A link from elsewhere", f"a link before there is a cookie: {seen(driver)}")
    click(driver, "Open the page")
    check(seen(driver)[0] == "backcast: Not admitted", f"a page before there is a cookie: {seen(driver)}")

    driver.get(serving.line.strip())
    check(driver.current_url == f"{ours}/", f"the address that was printed: {driver.current_url}")
    check("token" not in driver.page_source and driver.execute_script("return document.cookie") == "",
          "a script sees the token")
    driver.get(ours + TARGET)
    title, text = seen(driver)
    check("ipeline" in title and "ipeline" in text, f"an address that is typed: {title}")

    driver.get(elsewhere)
    driver.switch_to.frame(driver.find_element("tag name", "iframe"))
    check("ipeline" not in driver.find_element("tag name", "body").text, "a page of ours within another")
    driver.switch_to.default_content()
    check(driver.execute_script('return document.querySelector("img").naturalWidth') == 0, "a picture")
    click(driver, "the pipeline")
    check(seen(driver)[0] == "backcast: A link from elsewhere" and driver.current_url == ours + TARGET,
          f"a link from elsewhere: {seen(driver)}, {driver.current_url}")
    click(driver, "Open the page")
    check(seen(driver) == (title, text) and driver.current_url == ours + TARGET,
          f"what it leads to: {seen(driver)[0]}, {driver.current_url}")
    driver.refresh()
    check(seen(driver) == (title, text), f"loaded again: {seen(driver)[0]}")


def main():
    with Chromium() as chromium, tempfile.TemporaryDirectory() as home:
        os.environ.update({"BACKCAST_LEDGER": os.path.join(home, "ledger"), "XDG_CONFIG_HOME": home})
        run("init")
        run("import", "jsonl", "-", input=EVENT % (1, "outreach"))
        serving = Serving()
        other = other_site(serving)
        try:
            look(chromium.driver, serving, other)
        finally:
            other.shutdown()
            check(serving.end() == (0, "", ""), "the end")
    print("\n".join(faults) or "who may ask, in a browser")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
