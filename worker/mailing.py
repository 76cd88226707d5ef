"""What hands letters and short messages over, put together from the settings."""

from __future__ import annotations

from functools import partial

from activities.delivering import Deliverer
from activities.postbox import Postbox
from activities.sms import Fields, HttpGateway
from worker.links import page_link
from worker.parts import Parts
from worker.settings import Settings, SettingsInvalid


def deliverer(settings: Settings, parts: Parts) -> Deliverer | None:
    """What hands reminders over; None where no mail server is configured."""
    post = postbox(settings)
    if post is None:
        return None
    return Deliverer(parts.log, parts.directory, post, partial(page_link, settings), text_gateway(settings))


def postbox(settings: Settings) -> Postbox | None:
    """The mail server; None where none is configured."""
    if settings.smtp_host is None:
        return None
    return Postbox(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.smtp_sender,
        username=settings.smtp_username,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
        start_tls=settings.smtp_start_tls,
    )


def text_gateway(settings: Settings) -> HttpGateway | None:
    """What short messages are handed to; None where no gateway is configured.

    Raises `SettingsInvalid` where only half of one is: nobody is to believe that short messages go out.
    """
    if settings.sms_url is None and settings.sms_token is None:
        return None
    if settings.sms_url is None:
        raise SettingsInvalid("PUTOKAZ_SMS_URL is missing: set it, or take PUTOKAZ_SMS_TOKEN away")
    if settings.sms_token is None:
        raise SettingsInvalid("PUTOKAZ_SMS_TOKEN is missing: set it, or take PUTOKAZ_SMS_URL away")
    fields = Fields(
        to=settings.sms_field_to,
        text=settings.sms_field_text,
        reference=settings.sms_field_reference,
        receipt=settings.sms_field_receipt,
    )
    try:
        return HttpGateway(settings.sms_url.get_secret_value(), settings.sms_token.get_secret_value(), fields)
    except ValueError as wrong:
        raise SettingsInvalid(f"PUTOKAZ_SMS_URL: {wrong}") from None
