"""Changing how much a source counts: asked, weighed with a preview, confirmed, written. The rule is `precedence`."""
