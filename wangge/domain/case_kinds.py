"""What is asked about each kind of case: a few short questions, each with one tap to answer.

Answers are stored by question id as words: an option's id, ``yes`` or ``no``, or a number.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from wangge.domain.terms import Terms
from wangge.errors import RefusedError
from wangge.text import Text

Form = Literal["choice", "number", "yes_no"]
YES_NO: Final[Terms] = {"yes": Text("是", "Yes"), "no": Text("否", "No")}
WRITTEN: Final = "written_at"  # the answer nobody was asked: when a late report was written
_NO_UNIT: Final = Text("", "")
_WRITTEN: Final = Text("填写时间", "Written")
_FLOORS: Final = Text("楼", "floor")
_METRES: Final = Text("米", "m")


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what it asks, how it is answered.

    Attributes
    ----------
    id
        Names the answer in `Case.answers`.
    asks
        The question on the form.
    says
        What stands before the answer where it is read.
    form
        ``choice`` of `options`, ``number`` from `low` to `high` in `unit`, or ``yes_no``.
    unless
        Table of an asset that answers it by being named, such as a lamp its own number.
    """

    id: str
    asks: Text
    says: Text
    form: Form
    options: Terms = field(default_factory=dict)
    unit: Text = _NO_UNIT
    low: float = 0.0
    high: float = 0.0
    whole: bool = False
    unless: str = ""


def _yes_no(ident: str, asks: Text, says: Text) -> Question:
    return Question(ident, asks, says, "yes_no", YES_NO)


def _metres(ident: str, asks: Text, says: Text, high: float) -> Question:
    return Question(ident, asks, says, "number", unit=_METRES, high=high)


QUESTIONS: Final[Mapping[str, tuple[Question, ...]]] = {
    "fire_load": (
        _yes_no(
            "blocks",
            Text("是否堵住楼道？", "Does it block the stairs?"),
            Text("堵住楼道", "Blocks the stairs"),
        ),
        Question(
            "what",
            Text("堆的是什么？", "What is piled up?"),
            Text("堆放物", "Piled up"),
            "choice",
            {
                "junk": Text("杂物", "Junk"),
                "bikes": Text("电动车", "E-bikes"),
                "furniture": Text("家具", "Furniture"),
                "fuel": Text("易燃品", "Flammables"),
            },
        ),
    ),
    "old_wiring": (
        Question(
            "where",
            Text("在什么位置？", "Where on the building?"),
            Text("位置", "Where"),
            "choice",
            {
                "stairs": Text("楼道", "Stairs"),
                "wall": Text("外墙", "Wall"),
                "meters": Text("电表箱", "Meter box"),
                "overhead": Text("架空线", "Overhead"),
            },
        ),
        _yes_no(
            "bare",
            Text("有裸露、打火或焦味吗？", "Bare wire, sparks or a burnt smell?"),
            Text("裸露、打火或焦味", "Bare, sparking or burnt"),
        ),
    ),
    "blocked_lane": (
        Question(
            "by",
            Text("被什么占了？", "What blocks it?"),
            Text("占道物", "Blocked by"),
            "choice",
            {
                "cars": Text("车辆", "Cars"),
                "junk": Text("杂物", "Junk"),
                "barrier": Text("地锁护栏", "Barrier"),
                "stall": Text("摊点", "Stall"),
            },
        ),
        _metres(
            "width_m",
            Text("还剩多宽？", "How wide is what is left?"),
            Text("剩余宽度", "Width left"),
            30,
        ),
    ),
    "stray_charging": (
        Question(
            "floor",
            Text("从几楼拉线？", "From which floor?"),
            Text("拉线楼层", "From floor"),
            "number",
            unit=_FLOORS,
            low=1,
            high=60,
            whole=True,
        ),
        _yes_no(
            "charging",
            Text("正在充电吗？", "Is it charging now?"),
            Text("正在充电", "Charging now"),
        ),
    ),
    "subsidence": (
        _metres("length_m", Text("长约多少？", "How long?"), Text("长约", "Length"), 200),
        _metres("width_m", Text("宽约多少？", "How wide?"), Text("宽约", "Width"), 50),
        _yes_no(
            "fenced",
            Text("围起来了吗？", "Is it fenced off?"),
            Text("已围挡", "Fenced off"),
        ),
    ),
    "lamp_out": (
        Question(
            "lamp_no",
            Text("灯杆编号（看得见就填）", "Number on the pole, if there is one"),
            Text("灯杆编号", "Pole number"),
            "number",
            low=1,
            high=999_999,
            whole=True,
            unless="streetlights",
        ),
        _yes_no(
            "whole_alley",
            Text("整条巷都不亮吗？", "Is the whole alley dark?"),
            Text("整条巷不亮", "Whole alley dark"),
        ),
    ),
    "unlit_alley": (
        _metres(
            "length_m",
            Text("暗段约多长？", "How long is the dark stretch?"),
            Text("暗段约", "Dark stretch"),
            2000,
        ),
        _yes_no(
            "poles",
            Text("有灯杆吗？", "Are there poles?"),
            Text("有灯杆", "Has poles"),
        ),
    ),
    "property": (
        Question(
            "service",
            Text("哪类服务？", "Which service?"),
            Text("服务类别", "Service"),
            "choice",
            {
                "cleaning": Text("保洁清运", "Cleaning"),
                "guard": Text("门禁秩序", "Gate and order"),
                "repair": Text("维修", "Repairs"),
                "water": Text("水暖", "Water, heating"),
                "lift": Text("电梯", "Lift"),
                "fees": Text("收费", "Fees"),
            },
        ),
    ),
    "other": (),
}
_USUAL: Final[Mapping[str, str]] = {
    "streetlights": "lamp_out",
    "alleys": "unlit_alley",
    "shops": "fire_load",
    "compounds": "property",
}


def usual_kind(table: str) -> str:
    """Return what is mostly reported of a thing of `table`; empty: nothing in particular.

    Examples
    --------
    >>> usual_kind("streetlights"), usual_kind("buildings")
    ('lamp_out', '')
    """
    return _USUAL.get(table, "")


def answers_of(kind: str, given: Mapping[str, object]) -> dict[str, str]:
    """Return the answers in `given` to the questions of `kind`, as they are stored.

    What is no question of the kind, or is not answered, is left out.

    Raises
    ------
    RefusedError
        If an answer is not one that the question takes; the sentence names the question.

    Examples
    --------
    >>> answers_of("stray_charging", {"floor": "2", "charging": "yes", "colour": "red"})
    {'floor': '2', 'charging': 'yes'}
    """
    found = {}
    for question in QUESTIONS.get(kind, ()):
        value = given.get(question.id)
        if not isinstance(value, str) or not value.strip():
            continue
        word = _number(question, value) if question.form == "number" else value
        if question.form != "number" and word not in question.options:
            raise RefusedError(
                Text("“{asks}”请从所给的里面选。", "“{asks}”: choose one of those given.").fill(
                    asks=question.asks
                )
            )
        found[question.id] = word
    return found


def told(kind: str, answers: Mapping[str, str]) -> tuple[tuple[Text, Text], ...]:
    """Return stored answers as label and words, in the order of the questions.

    An answer to a question no longer asked stands under its id.

    Examples
    --------
    >>> [(a.zh, b.zh) for a, b in told("stray_charging", {"floor": "2", "charging": "no"})]
    [('拉线楼层', '2 楼'), ('正在充电', '否')]
    """
    known = {question.id: question for question in QUESTIONS.get(kind, ())}
    order = [*(name for name in known if name in answers), *(n for n in answers if n not in known)]
    return tuple(_worded(known.get(name), name, answers[name]) for name in order)


def _worded(question: Question | None, name: str, value: str) -> tuple[Text, Text]:
    plain = Text(value, value)
    if question is None:
        return (_WRITTEN if name == WRITTEN else Text(name, name)), plain
    if question.form == "number" and question.unit.zh:
        plain = Text(f"{value} {question.unit.zh}", f"{value} {question.unit.en}")
    return question.says, question.options.get(value, plain)


def _number(question: Question, given: str) -> str:
    try:
        number = float(given.strip())
    except ValueError:
        number = math.nan
    if question.low <= number <= question.high and not (question.whole and number % 1):
        return f"{number:.0f}" if question.whole else f"{round(number, 2):g}"
    fits = Text(
        "“{asks}”要填 {low:g} 到 {high:g} 之间的数。",
        "“{asks}”: give a number from {low:g} to {high:g}.",
    )
    whole = Text(
        "“{asks}”要填 {low:g} 到 {high:g} 之间的整数。",
        "“{asks}”: give a whole number from {low:g} to {high:g}.",
    )
    raise RefusedError(
        (whole if question.whole else fits).fill(
            asks=question.asks, low=question.low, high=question.high
        )
    )
