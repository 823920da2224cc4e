"""A real Chromium for the tests of HTML pages."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

AXE = Path(os.environ.get("AXE_CORE", Path(__file__).parent.parent / "node_modules/axe-core/axe.min.js"))
DESKTOP, PHONE = (1400, 1000), (390, 844)


def start_browser():
    """Start headless Chromium, or skip the test where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not (chromium and driver):
        pytest.skip("Chromium is not installed (apt-get install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for argument in ("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))


def show(browser, address: str, size: tuple[int, int] = DESKTOP, scheme: str = "light", media: str = "") -> None:
    """Open a page in a window of that size, with the logs emptied."""
    width, height = size
    metrics = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
    features = [
        {"name": "prefers-color-scheme", "value": scheme},
        {"name": "prefers-reduced-motion", "value": "reduce"},
    ]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": media, "features": features})
    browser.get("about:blank")
    browser.get_log("browser")
    browser.get_log("performance")
    browser.get(address)


def requests(browser) -> list[str]:
    """The addresses that the page asked for since it was opened."""
    events = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    return [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]


def violations(browser) -> list[str]:
    """What axe-core finds against WCAG 2.2 A and AA and its best practices."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed (npm install --no-save axe-core)")
    browser.execute_script(AXE.read_text())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    results = browser.execute_async_script(
        "axe.run({runOnly: arguments[0]}).then(arguments[arguments.length - 1])", tags
    )
    return [
        f"{found['id']}: {node['html']} {node['failureSummary']}"
        for found in results["violations"]
        for node in found["nodes"]
    ]
