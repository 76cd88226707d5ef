"""Partner systems over HTTP, for supervisors: added, rotated, halted, enabled, removed (`putokaz webhooks …`)."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID, uuid5

from fastapi import APIRouter, Depends, Query, Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

from domain.codes import Role
from domain.values import MOST_COUNTED
from staff.api.caller import Caller, CallerRefused, Key, Parted
from staff.api.problems import Problem, problem
from staff.subscriptions import (
    DeliveryRow,
    SubscriptionInvalid,
    SubscriptionKnown,
    SubscriptionRefused,
    SubscriptionRow,
    SubscriptionUnknown,
)

MAY = Role.SUPERVISOR
"""Whose it is to say what leaves the house."""
_SUBSCRIPTIONS = UUID("0d9f4a53-6e0b-4a0e-8f25-3e1b8a64c7a9")


def supervisor(person: Caller) -> None:
    """Raises `CallerRefused` for anybody whose it is not to say what leaves the house."""
    if MAY.value not in person.roles:
        raise CallerRefused(403, "not-permitted", f"X-Putokaz-Person: {MAY.value} is needed")


class _Route(APIRoute):
    """What a subscription cannot do is answered in one way, whichever address was asked."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def told(request: Request) -> Response:
            try:
                return await handle(request)
            except SubscriptionUnknown:
                return problem(404, "not-found")
            except SubscriptionRefused as refused:
                return problem(409, "subscription-refused", problems=[str(refused)])
            except SubscriptionInvalid as invalid:
                return problem(422, "subscription-invalid", problems=[str(invalid)])

        return told


router = APIRouter(prefix="/webhooks", route_class=_Route, dependencies=[Depends(supervisor)])
_PROBLEMS: dict[int | str, dict[str, object]] = {
    403: {"model": Problem, "description": "For supervisors only"},
    404: {"model": Problem},
    409: {"model": Problem},
    422: {"model": Problem},
    503: {"model": Problem, "description": "Not reachable; the same request may be repeated"},
}


class SubscriptionBody(BaseModel):
    """A partner. `name` is what you call it, kept encrypted and never sent; `url` is not shown again."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: Annotated[str, Field(min_length=1, max_length=100)]
    url: Annotated[str, Field(max_length=2000, examples=["https://partner.example.org/hook"])]
    topics: Annotated[tuple[str, ...], Field(min_length=1, max_length=20, examples=[["case.closed"]])]


class RotationBody(BaseModel):
    """For how many hours the old secret signs as well; 0 ends it now, as when it became known."""

    model_config = ConfigDict(extra="forbid")

    hours: Annotated[int, Field(ge=0, le=720)] = 24


class AgainBody(BaseModel):
    """Everything recorded from an instant on, or the one message about a position of the log."""

    model_config = ConfigDict(extra="forbid")

    since: datetime | None = None
    position: Annotated[int | None, Field(ge=1, le=MOST_COUNTED)] = None

    @model_validator(mode="after")
    def _one_of_them(self) -> AgainBody:
        if (self.since is None) == (self.position is None):
            raise ValueError("name either since or position")
        return self


class SecretAnswer(BaseModel):
    """The secret, this once: give it to the partner on another way than the address."""

    subscription: UUID
    secret: str


class AgainAnswer(BaseModel):
    """How many messages are to be sent again, under the ids that they had."""

    messages: int


class TrialAnswer(BaseModel):
    """What the partner answered; `failure` none: it took the message."""

    message: str
    failure: str | None
    status: int | None


@router.get("", summary="Every partner: what it is told, whether it answers, how much waits", responses=_PROBLEMS)
def get_subscriptions(parts: Parted) -> Sequence[SubscriptionRow]:
    """Never an address or a secret."""
    return parts.subscriptions.listed()


@router.post("", status_code=201, summary="Add a partner", response_model=SecretAnswer, responses=_PROBLEMS)
def add_subscription(body: SubscriptionBody, parts: Parted, key: Key) -> Response:
    """The same key adds one partner: sent again it is refused, since a secret is shown once. Rotate it then."""
    subscription = uuid5(_SUBSCRIPTIONS, str(key))
    try:
        made = parts.subscriptions.add(body.name, body.url, body.topics, subscription=subscription)
    except SubscriptionKnown:
        return problem(409, "subscription-known", problems=[f"subscription: {subscription}"])
    return _secret(made.subscription, made.secret, 201)


@router.post("/{subscription}/rotate", summary="Make a new secret", response_model=SecretAnswer, responses=_PROBLEMS)
def rotate_secret(subscription: UUID, body: RotationBody, parts: Parted) -> Response:
    """Each call makes another one; the answer shows it once."""
    made = parts.subscriptions.rotate(subscription, overlap=timedelta(hours=body.hours))
    return _secret(made.subscription, made.secret)


@router.post("/{subscription}/enable", status_code=204, summary="Put a partner to work again", responses=_PROBLEMS)
def enable_subscription(subscription: UUID, parts: Parted) -> Response:
    """What waits goes out first, then what happens from now on."""
    parts.subscriptions.enable(subscription)
    return Response(status_code=204)


@router.post("/{subscription}/disable", status_code=204, summary="Send a partner nothing any more", responses=_PROBLEMS)
def disable_subscription(subscription: UUID, parts: Parted) -> Response:
    """What waits is kept. Refused where it was not at work."""
    parts.subscriptions.halt(subscription)
    return Response(status_code=204)


@router.delete("/{subscription}", status_code=204, summary="Forget a partner", responses=_PROBLEMS)
def remove_subscription(subscription: UUID, parts: Parted) -> Response:
    """With its address, its secrets and what was to be sent."""
    parts.subscriptions.remove(subscription)
    return Response(status_code=204)


@router.get(
    "/{subscription}/deliveries",
    summary="The newest messages for a partner with their receipts",
    response_model=list[DeliveryRow],
    responses=_PROBLEMS,
)
def get_deliveries(
    subscription: UUID, parts: Parted, limit: Annotated[int, Query(ge=1, le=500)] = 50
) -> Sequence[DeliveryRow]:
    return parts.subscriptions.deliveries(subscription, limit)


@router.post(
    "/{subscription}/try", summary="Send one test message now", response_model=TrialAnswer, responses=_PROBLEMS
)
async def try_subscription(subscription: UUID, parts: Parted) -> Response:
    """Whether or not the partner is at work."""
    said = await parts.subscriptions.send_trial(subscription)
    answer = TrialAnswer(message=said.message, failure=said.failure, status=said.status)
    return JSONResponse(answer.model_dump(mode="json"))


@router.post("/{subscription}/resend", summary="Send messages again", response_model=AgainAnswer, responses=_PROBLEMS)
async def resend_messages(subscription: UUID, body: AgainBody, parts: Parted) -> Response:
    """Under the ids that they had: a partner that has them already sees that."""
    count = await run_in_threadpool(
        parts.subscriptions.send_again, subscription, since=body.since, position=body.position
    )
    return JSONResponse(AgainAnswer(messages=count).model_dump(mode="json"))


def _secret(subscription: UUID, secret: str, status: int = 200) -> Response:
    answer = SecretAnswer(subscription=subscription, secret=secret)
    return JSONResponse(answer.model_dump(mode="json"), status)
