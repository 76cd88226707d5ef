"""Temporal's client as our processes and commands have it: with our codec, under one name."""

from __future__ import annotations

from temporalio.client import Client
from temporalio.runtime import Runtime
from temporalio.service import GrpcCompression

from worker.codec import data_converter
from worker.keyring import load_keyring
from worker.settings import Settings


async def temporal(settings: Settings, *, lazy: bool = False, runtime: Runtime | None = None) -> Client:
    """A client with our codec. `lazy`: connects when first used, so that a process starts while Temporal is away."""
    return await Client.connect(
        settings.temporal_address,
        namespace=settings.temporal_namespace,
        data_converter=data_converter(load_keyring(settings.keyring_file)),
        lazy=lazy,
        identity="putokaz",
        runtime=runtime,
        # Our payloads are encrypted: packing them takes time of every decision, and makes nothing smaller.
        grpc_compression=GrpcCompression.NONE,
    )
