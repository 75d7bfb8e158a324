"""What is pressed changes the address: each press once, and none is lost.

Streamlit answers a press with a run. While that run is under way more may be pressed, and then

- the presses come together, and their callbacks, made in one run, are called one by one: each must
  change the address as it is by then (`address`), not write the one it was drawn from;
- the browser says again what a widget held that the last run took away, and its callback is called
  for it: it is a press only where it is not what the widget showed, or what was heard before;
- the address in the message may be older than the last one written here: where only a page is
  filled anew, ours counts (`follow`), where the whole app runs, the browser's does (`begin`);
- a widget that is set says so to the browser, over what has been pressed there since: it is set
  only if it must show something else;
- the run may be broken off, inside a callback too: what was pressed and not heard is heard when
  the widget is drawn next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

import streamlit as st

_ADDRESS: Final = "address"
_DRAWN: Final = "drawn"
_TURN: Final = "turn of tables"
_MOST: Final = 300  # widgets whose state is remembered; tables change their keys
_NOTHING: Final = object()


class _Drawn(NamedTuple):
    """What a widget showed or said last, and the words it had for what may be chosen."""

    value: Any
    words: Mapping[Any, str]


def begin() -> None:
    """Take the address from the browser; called by every run of the whole app."""
    st.session_state[_ADDRESS] = st.query_params.to_dict()


def follow() -> None:
    """Give the browser the address last written, should it have sent an older one."""
    held = st.session_state.get(_ADDRESS)
    if held is not None and held != st.query_params.to_dict():
        st.query_params.from_dict(held)


def address() -> dict[str, str]:
    """Return the address as it is now: a callback may come after another has changed it."""
    held = st.session_state.get(_ADDRESS)
    return st.query_params.to_dict() if held is None else dict(held)


def go(params: Mapping[str, str]) -> None:
    """Make `params` the address; the language stays unless they name another."""
    kept = {name: value for name, value in address().items() if name == "lang"}
    st.session_state[_ADDRESS] = {**kept, **params}
    st.query_params.from_dict({**kept, **params})


def bound(
    key: str,
    value: Any,  # noqa: ANN401 - whatever the widget chooses from
    on: Callable[[Any], None],
    words: Mapping[Any, str] | None = None,
) -> Callable[[], None]:
    """Let the widget `key`, drawn next, show `value`; return what it calls on a change.

    Parameters
    ----------
    key
        Of the widget.
    value
        What the address says.
    on
        Called with what was chosen; changes the address as its last act.
    words
        What may be chosen, with the words shown for it; None: anything.
    """
    drawn, before = _all_drawn(), _all_drawn().get(key)
    told = st.session_state.get(key, _NOTHING)
    if before is not None and told is not _NOTHING and told != before.value:
        once(key, before.value, on, words)()  # a run was broken off before it was heard
        if drawn[key].value == told:
            st.rerun()
    known = words or {}
    reworded = before is None or before.words.get(value) != known.get(value)
    if reworded or told != value:
        st.session_state[key] = value
    return once(key, value, on, words)


def once(
    key: str,
    value: Any,  # noqa: ANN401 - what any widget may hold
    on: Callable[[Any], None],
    words: Mapping[Any, str] | None = None,
) -> Callable[[], None]:
    """Return what the widget `key`, which shows `value`, calls on a change: `on`, once for each."""
    _remember(key, _Drawn(value, words or {}))

    def hear() -> None:
        told, last = st.session_state.get(key, _NOTHING), _all_drawn().get(key)
        fits = told is not _NOTHING and (words is None or told in words)
        if fits and last is not None and told != last.value:
            on(told)
            _remember(key, _Drawn(told, last.words))

    return hear


def table(name: str, ids: Iterable[object]) -> str:
    """Return the key of a table called `name` with rows `ids`.

    It changes with the rows, for a selection says where a row stands, not which it is; and after
    a cell was pressed, so that it can be pressed again.
    """
    return f"{name}_{st.session_state.get(_TURN, 0)}_{hash(tuple(ids))}"


def turn() -> None:
    """Let tables forget what was pressed in them: they are drawn anew."""
    st.session_state[_TURN] = st.session_state.get(_TURN, 0) + 1


def selects(key: str, on: Callable[[Mapping[str, Any]], None]) -> Callable[[], None]:
    """Return what the table `key` calls on a selection: `on`, once for each."""

    def hear() -> None:
        told, last = told_by(key).get("selection"), _all_drawn().get(key)
        if told is not None and (last is None or told != last.value):
            on(told)
            _remember(key, _Drawn(told, {}))
            if told["cells"]:
                turn()

    return hear


def told_by(key: str) -> Mapping[str, Any]:
    """Return what the table or component `key` says; nothing if it is no longer on the page."""
    found: Mapping[str, Any] = st.session_state.get(key) or {}
    return found


def segments(
    key: str,
    label: str,
    words: Mapping[Any, str],
    value: Any,  # noqa: ANN401 - one of `words`
    on: Callable[[Any], None],
) -> None:
    """Show `words` side by side, the one of `value` chosen; `on` hears of another."""
    st.segmented_control(
        label,
        list(words),
        format_func=lambda name: words[name],
        required=True,
        key=key,
        on_change=bound(key, value, on, words),
        label_visibility="collapsed",
    )


def choice(
    key: str,
    label: str,
    words: Mapping[Any, str],
    value: Any,  # noqa: ANN401 - one of `words`, or None
    on: Callable[[Any], None],
    **look: Any,  # noqa: ANN401 - Streamlit's own names
) -> None:
    """Show `words` in a list that opens, the one of `value` chosen; `on` hears of another.

    With a ``placeholder`` in `look` the choice can be taken back: None.
    """
    may = {**words, None: ""} if "placeholder" in look else words
    st.selectbox(
        label,
        list(words),
        format_func=lambda name: words[name],
        key=key,
        on_change=bound(key, value, on, may),
        label_visibility="collapsed",
        **look,
    )


def _all_drawn() -> dict[str, _Drawn]:
    held: dict[str, _Drawn] = st.session_state.setdefault(_DRAWN, {})
    return held


def _remember(key: str, what: _Drawn) -> None:
    drawn = _all_drawn()
    drawn.pop(key, None)
    drawn[key] = what
    for old in [*drawn][: max(0, len(drawn) - _MOST)]:
        del drawn[old]
