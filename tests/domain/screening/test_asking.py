"""Skip logic: which questions are asked, and that an answer is taken if and only if its question is."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.journey.screening.saving import SaveScreening, ScreeningSaved, faulty
from domain.pathway.answers import (
    AllAnswers,
    Answer,
    AnswerAtLeast,
    AnswerCondition,
    AnswerIs,
    AnyAnswer,
    NoAnswer,
    holds,
)
from domain.pathway.model import Title
from domain.pathway.screening import (
    UNKNOWN,
    Choice,
    Question,
    QuestionKind,
    ScreeningForm,
    Section,
    asked_questions,
    next_questions,
)
from domain.refusal import RefusalCode, Refused
from tests.domain.given import begun
from tests.pathway_examples import small_pathway
from tests.pathway_standing import form

TITLE = Title(sr="Назив", en="Title")
KEYS = ("one", "two", "three", "four", "five", "six")
CHOICES = ("red", "green")


def answer_of(question: Question) -> st.SearchStrategy[tuple[Answer, ...]]:
    """Any answer that the question could take."""
    one = st.sampled_from(question.possible).map(lambda code: Answer(question=question.question, answer=code))
    if question.kind is QuestionKind.DAYS:
        return st.one_of(
            one.map(lambda a: (a,)), st.integers(0, 40).map(lambda n: (Answer(question=question.question, days=n),))
        )
    if question.kind is QuestionKind.SEVERAL:
        codes = st.lists(st.sampled_from(CHOICES), min_size=1, max_size=2, unique=True)
        return codes.map(lambda found: tuple(Answer(question=question.question, answer=code) for code in found))
    return one.map(lambda a: (a,))


@st.composite
def conditions(draw: st.DrawFn, before: list[Question]) -> AnswerCondition | None:
    """Over the questions asked before; none where there are none."""
    if not before or draw(st.booleans()):
        return None

    def leaf() -> st.SearchStrategy[AnswerCondition]:
        days = [q for q in before if q.kind is QuestionKind.DAYS]
        coded = st.sampled_from(before).flatmap(
            lambda q: st.sampled_from(q.possible).map(
                lambda code: AnswerIs.model_validate({"question": q.question, "is": code})
            )
        )
        if not days:
            return coded
        return coded | st.builds(
            AnswerAtLeast, question=st.sampled_from([q.question for q in days]), at_least=st.integers(0, 40)
        )

    return draw(
        st.recursive(
            leaf(),
            lambda inner: st.one_of(
                st.lists(inner, min_size=1, max_size=2).map(lambda parts: AllAnswers(all=tuple(parts))),
                st.lists(inner, min_size=1, max_size=2).map(lambda parts: AnyAnswer(any=tuple(parts))),
                inner.map(lambda one: NoAnswer.model_validate({"not": one})),
            ),
            max_leaves=4,
        )
    )


@st.composite
def forms(draw: st.DrawFn) -> ScreeningForm:
    """Forms of one to three sections whose questions and sections hang on earlier answers."""
    before: list[Question] = []
    sections = []
    keys = list(KEYS[: draw(st.integers(1, len(KEYS)))])
    cuts = sorted({0, len(keys), *draw(st.lists(st.integers(0, len(keys)), max_size=2))})
    for number, (start, end) in enumerate(pairwise(cuts)):
        waits, questions = draw(conditions(list(before))), []
        for key in keys[start:end]:
            kind = draw(st.sampled_from(QuestionKind))
            chooses = kind in (QuestionKind.CHOICE, QuestionKind.SEVERAL)
            question = Question(
                question=key,
                title=TITLE,
                kind=kind,
                choices=tuple(Choice(choice=c, title=TITLE) for c in CHOICES) if chooses else (),
                ask_when=draw(conditions(list(before))),
            )
            questions.append(question)
            before.append(question)
        sections.append(Section(section=f"section-{number}", title=TITLE, ask_when=waits, questions=tuple(questions)))
    return ScreeningForm(form="random", title=TITLE, sections=tuple(sections))


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_answers_are_taken_if_and_only_if_their_questions_are_asked(data: st.DataObject) -> None:
    """Any form, any possible answers to any of its questions: one that is hidden is refused, nothing else is."""
    drawn = data.draw(forms())
    questions = [q for _, q in drawn.places()]
    chosen = data.draw(st.lists(st.sampled_from(questions), unique_by=lambda q: q.question))
    given_answers = tuple(a for q in chosen for a in data.draw(answer_of(q)))
    asked = {q.question for q in asked_questions(drawn, given_answers)}
    hidden = {a.question for a in given_answers} - asked
    refused = faulty(drawn, given_answers)
    if hidden:
        assert isinstance(refused, Refused)
        assert refused.code is RefusalCode.QUESTION_NOT_ASKED
        assert refused.part is not None
        assert refused.part.rpartition(":")[2] in hidden
    else:
        assert refused is None


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_who_answers_what_is_asked_next_comes_to_an_end(data: st.DataObject) -> None:
    """Question after question: each answer is taken, none is asked twice, and at the end nothing is left."""
    drawn = data.draw(forms())
    answers: tuple[Answer, ...] = ()
    seen: list[str] = []
    while following := next_questions(drawn, answers):
        question = following[0]
        assert question.question not in seen
        seen.append(question.question)
        answers += data.draw(answer_of(question))
        assert faulty(drawn, answers) is None
    assert [q.question for q in asked_questions(drawn, answers)] == seen


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_hidden_question_says_nothing_to_others(data: st.DataObject) -> None:
    """What was answered and then skipped counts as not answered: taking it out changes nothing."""
    drawn = data.draw(forms())
    answers = tuple(a for _, q in drawn.places() for a in data.draw(answer_of(q)))
    asked = asked_questions(drawn, answers)
    known = {q.question for q in asked}
    assert asked_questions(drawn, tuple(a for a in answers if a.question in known)) == asked


def test_the_way_through_the_form_by_hand() -> None:
    """The drawing of the small form, one answer after another."""
    talk = form()

    def asked(*answers: Answer) -> list[str]:
        return [q.question for q in next_questions(talk, answers)]

    no = Answer(question="alone", answer="no")
    other = Answer(question="company", answer="other")
    assert asked() == ["alone"]
    assert asked(Answer(question="alone", answer="yes")) == []
    assert asked(no) == ["company"]
    assert asked(no, Answer(question="company", answer="family")) == []
    assert asked(no, other) == ["days-away"]
    assert asked(no, other, Answer(question="days-away", days=6)) == []
    assert asked(no, other, Answer(question="days-away", answer=UNKNOWN)) == []
    assert asked(no, other, Answer(question="days-away", days=7)) == ["worries"]


def test_a_condition_over_answers_holds_as_it_reads() -> None:
    """Each kind of leaf and knot."""
    answers = (Answer(question="a", answer="yes"), Answer(question="b", days=7))
    yes = AnswerIs.model_validate({"question": "a", "is": "yes"})
    week, more = AnswerAtLeast(question="b", at_least=7), AnswerAtLeast(question="b", at_least=8)
    assert holds(None, answers)
    assert holds(yes, answers)
    assert holds(week, answers)
    assert not holds(more, answers)
    assert holds(AllAnswers(all=(yes, week)), answers)
    assert not holds(AllAnswers(all=(yes, more)), answers)
    assert holds(AnyAnswer(any=(more, week)), answers)
    assert holds(NoAnswer.model_validate({"not": more}), answers)
    assert not holds(AnswerAtLeast(question="a", at_least=0), answers)


def test_a_form_decides_nothing_by_itself() -> None:
    """Whatever was answered: one event, and nothing follows from it."""
    for answer in ("yes", "no", UNKNOWN):
        command = SaveScreening(form="talk", answers=(Answer(question="alone", answer=answer),))
        (event,) = begun().when(command).events
        assert isinstance(event, ScreeningSaved)
        assert event.pin == begun().state.pin
    assert small_pathway().find_form("talk") == form()
