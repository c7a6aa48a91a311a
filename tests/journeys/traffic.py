"""What went over the wire, as the browser itself counts it."""

from urllib.parse import urlsplit

from playwright.sync_api import CDPSession


class Traffic:
    """Requests and transferred bytes, headers included; what the cache answered costs nothing."""

    def __init__(self, devtools: CDPSession) -> None:
        self.hosts: set[str] = set()
        self.clear()
        devtools.on("Network.requestWillBeSent", self._asked)
        devtools.on("Network.responseReceived", self._answered)
        devtools.on("Network.loadingFinished", self._finished)
        devtools.send("Network.enable")

    def clear(self) -> None:
        """Count from here on."""
        self.bytes, self.requests = 0, 0
        self._cached: set[str] = set()

    def _asked(self, event: dict) -> None:
        address = urlsplit(event["request"]["url"])
        if address.scheme in ("http", "https", "ws", "wss"):
            self.hosts.add(address.netloc)
        if "redirectResponse" in event:
            self.bytes += int(event["redirectResponse"]["encodedDataLength"])
            self.requests += 1

    def _answered(self, event: dict) -> None:
        if event["response"].get("fromDiskCache"):
            self._cached.add(event["requestId"])

    def _finished(self, event: dict) -> None:
        if event["requestId"] not in self._cached and event["encodedDataLength"]:
            self.bytes += int(event["encodedDataLength"])
            self.requests += 1
