"""Logs: JSON lines to standard error, typed codes and ids, no free text (ecosystem.md §4)."""

from __future__ import annotations

import logging
import sys

import structlog


def configure(*, level: int = logging.INFO, json: bool | None = None) -> None:
    """Once for each process. JSON unless standard error is a terminal. Libraries' logs go the same way."""
    as_json = not sys.stderr.isatty() if json is None else json
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    )
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_logger_name,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(level),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, _without_words],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(level)
    # Temporal's SDK writes whole tracebacks of activities that are tried again; our own line says what is to be known.
    logging.getLogger("temporalio.activity").setLevel(logging.ERROR)
    # httpx writes the address of every request, and a gateway's address may hold an account.
    logging.getLogger("httpx").setLevel(logging.WARNING)


def _without_words(
    _: structlog.typing.WrappedLogger, __: str, event: structlog.typing.EventDict
) -> structlog.typing.EventDict:
    """A library's traceback may quote a value: only the kind of the error goes to the log."""
    record = event.get("_record")
    if record is not None and record.exc_info:
        kind = record.exc_info[0]
        event["error"] = kind.__name__ if kind else None
        record.exc_info = None
        event.pop("exc_info", None)
    return event
