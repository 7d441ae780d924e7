"""One person's telephone on the page, used as a person uses it: look, tap, write, wait until something is said."""

import re

from playwright.async_api import Locator, Page, expect

# A machine that is busy with other things may take its time.
PATIENCE_MILLISECONDS = 30_000


class Telephone:
    """The telephone of whoever has this name."""

    def __init__(self, page: Page, name: str) -> None:
        self._page, self.name = page, name
        heading = page.get_by_role("heading", name=name, exact=True)
        self.element = page.get_by_test_id("phone").filter(has=heading)

    @property
    def messages(self) -> Locator:
        """Every message of the open chat, oldest first."""
        return self.element.get_by_test_id("message")

    async def taken_up(self) -> None:
        """Bring it before the eyes by its name above the phones."""
        chip = self._page.get_by_test_id("person-tab").filter(has_text=re.compile(f"{self.name}$|{self.name}\\d"))
        await chip.click()
        await expect(self.element).to_be_visible()

    async def writes(self, text: str) -> None:
        """Write and send."""
        box = self.element.get_by_test_id("input")
        await box.fill(text)
        await box.press("Enter")
        await self.reads(text)

    async def reads(self, words: str) -> Locator:
        """Wait until a message says so; the newest that does."""
        message = self.messages.filter(has_text=words).last
        await expect(message).to_be_visible(timeout=PATIENCE_MILLISECONDS)
        return message

    async def taps(self, label: str) -> None:
        """Tap the newest button that says so."""
        button = self.element.get_by_test_id("inline-button").filter(has_text=label).last
        await button.click(timeout=PATIENCE_MILLISECONDS)

    async def presses(self, label: str) -> None:
        """Press the big key that says so."""
        await self.element.get_by_test_id("reply-key").filter(has_text=label).click(timeout=PATIENCE_MILLISECONDS)

    async def opens_chat(self, title: str) -> None:
        """Go over to another chat."""
        await self.element.get_by_test_id("chat-tab").filter(has_text=title).click()

    async def shown_words(self) -> list[str]:
        """Every line that stands in the open chat: texts, buttons, keys."""
        log = await self.element.get_by_test_id("log").inner_text()
        keys = await self.element.get_by_test_id("reply-key").all_inner_texts()
        return [line.strip() for line in [*log.splitlines(), *keys] if line.strip()]
