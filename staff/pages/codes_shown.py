"""What is shown once: the square that a telephone reads, and the recovery codes for paper."""

from __future__ import annotations

from collections.abc import Sequence

import segno
from starlette.responses import Response

from staff.threshold import Threshold


def quadrat(uri: str) -> str:
    """The QR code (ISO/IEC 18004) of an `otpauth://` address, as SVG within the page: nothing is fetched or stored.

    It holds numbers only, so a template may take it as it is.
    """
    drawing: str = segno.make(uri, error="m", micro=False).svg_inline(
        scale=5, border=4, svgclass="pk-quadrat", lineclass=None, omitsize=True
    )
    return drawing


def codes_page(here: Threshold, codes: Sequence[str], onward: str = "/") -> Response:
    """Ten codes; the page is stored by nobody, and never comes again."""
    return here.page("recovery_codes.html", codes=codes, onward=onward)
