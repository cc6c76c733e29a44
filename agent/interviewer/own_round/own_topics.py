"""What people ask in an interview, by topic: how it is asked, and what a sentence must say to it.

The lists are our own, from the questions that guides for applicants advise to ask. A topic that a
brief has nothing on is answered with nothing, however near its words come.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LANGUAGES = (
    r"\b(Python|Java(Script)?|TypeScript|C\+\+|C#|Rust|Go(lang)?|Ruby|PHP|Swift|Kotlin|Scala|Perl|R"
    r"|Julia|MATLAB|SQL|COBOL|Fortran|Haskell|Elixir|Erlang|Clojure|Lua|Bash|VBA|ABAP|assembly)"
    r"(?![\w+#])|\bC(?=,| and| or|/)"
)
_PEOPLE = (
    r"(nurses|assistants|engineers|developers|people|employees|fitters|electricians|mechanics"
    r"|researchers|fellows|teachers|members|colleagues|staff|workers|drivers|designers|managers"
    r"|sellers|writers|officers|lawyers|bankers|planners|cooks|heads|players|programmers"
    r"|\w+ists|\w+ians|\w+ees)"
)
_COUNT = r"(\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|a dozen)"
_PLACES = r"(beds|rooms|offices|mills|plants|sites|stores|branches|schools|pupils|students|ports)"


@dataclass(frozen=True)
class OwnTopic:
    """One thing that is often asked."""

    asked: re.Pattern[str]
    """How it is asked, in lower-case words; what matches needs no word of its own in the
    answer, but for a group named "kept"."""
    says: re.Pattern[str]
    """What a sentence must hold to answer it, as written."""
    sentences: int = 1
    """How many sentences may be given."""
    field: str = ""
    """The only part of the brief that answers it: "snapshot", "stack", or "" for both."""


def _topic(
    asked: str, says: str, sentences: int = 1, field: str = "", *, any_case: bool = True
) -> OwnTopic:
    flags = re.IGNORECASE if any_case else re.RegexFlag(0)
    return OwnTopic(re.compile(rf"\b({asked})\b"), re.compile(says, flags), sentences, field)


TOPICS = (
    _topic(
        r"salary|salaries|pay|paid|compensation|wages?|stipend|bonus(es)?|equity|how much (money )?"
        r"(would|will|do|can) (i|we|you|one|they) (earn|make|get paid|pay)",
        r"\b(salar\w+|stipend|compensation|wages?|bonus\w*|equity|pays|paid)\b",
    ),
    _topic(
        r"remote(ly)?|hybrid|(from|at) home|home office|on ?site|in the office|relocat\w+|days in",
        r"\b(remote\w*|hybrid|(from|at) home|(from|in) the office|on-?site|relocat\w+)\b",
    ),
    _topic(
        r"(next|further|following) (steps?|rounds?|stages?)|hear (back|from you)|the process"
        r"|timeline"
        r"|decision|decide about|start(ing)? date|when (would|will|can|could|do|should) i start",
        r"\b(next (step|round)|second round|final round|hiring process|start date|offers? (is"
        r"|are))\b",
    ),
    _topic(
        r"(on[ -]?call|pager|standby)( (rotation|rota|duty|shifts?|schedule|work))?",
        r"\b(on[ -]?call|pager|standby)\b",
    ),
    _topic(
        r"mentor\w*|onboard\w*|support|induction|orientation|train(ing|ed)? (for|of) new \w+"
        r"|(new|young) (hires?|starters?|joiners?|teachers?|nurses?|engineers?|people|colleagues?)",
        r"\b(mentor\w*|onboard\w*|induction|orientation|precept\w+|shadow\w*)\b",
    ),
    _topic(
        r"(biggest|greatest|main|largest|hardest|current|toughest)? ?(challenges?|problems?"
        r"|difficult\w*|struggles?|pain points?)( (right now|at the moment|now|currently))?"
        r"|(what|which) (is|are|was|were) (the )?(hard|hardest|difficult|toughest)",
        r"\b(challeng\w+|hard years|difficult\w*|turnover|struggl\w+|shortage|problems?"
        r"|complain\w*)\b",
    ),
    _topic(
        r"success(ful)?( looks?)?( like)?|(you |is |be )?(expect|expected)( of| from)?|expectations"
        r"|look(ing)? for in|good (performance|job)|first (year|months?|90 days|weeks?)",
        r"\b(expect\w*|wanting (them|her|him|you) to|success\w*|judged|measured by|responsib\w+)\b",
    ),
    _topic(
        r"(goals?|aims?|targets?|plans?|mission|vision|priorit\w+)( of the (company|team|firm"
        r"|hospital|school|organization))?",
        r"\b(goals?|aims? (to|at)|mission|set itself|priorit\w+|wants? (to|AI|its|the)|plans to)\b",
    ),
    _topic(
        r"(programming |coding |computer )?languages?( do you (use|write|work|code))?( in| with)?",
        _LANGUAGES,
        2,
        any_case=False,
    ),
    _topic(
        r"(tech|technology|technical|software|tool|team)? ?stack|technolog\w+|(?P<kept>(which"
        r"|what|the"
        r"|your)( \w+)?) (tools?|software|frameworks?|programs?|systems?|platforms?)( (do"
        r"|does) (you"
        r"|the team|your team|we|they) (use|work|run|rely))?( with| on| for)?",
        r"(?<=[a-z,(:] )(?!I\b)[A-Z][A-Za-z]*\b|\btool(s|ing)\b",
        2,
        "stack",
        any_case=False,
    ),
    _topic(
        r"hardware|machines? (do|does) (you|the team) (use|have|train)|gpus?|clusters?",
        r"\b(GPUs?|TPUs?|accelerators?|clusters?|hardware)\b",
    ),
    _topic(
        r"(how|what) (big|large|small|many|is the size of|size is) ?(people )?(is "
        r"|are )?(there )?(in"
        r" |on |on the |in the |of )?(the |your |this )?(?P<kept>(\w+ )?)(team|crew|group|shift"
        r"|department)s?|(team|group|crew) size|how many (people|colleagues|members|engineers"
        r"|nurses"
        r"|developers)",
        rf"\b{_COUNT} (\w+ ){{0,2}}{_PEOPLE}\b",
    ),
    _topic(
        r"how (big|large) (is|are) (the|your|this) (company|hospital|school|firm|organization|mill"
        r"|plant|university|business|house)|size of the (company|hospital|school|firm)",
        rf"\b{_COUNT} (\w+ ){{0,2}}({_PEOPLE}|{_PLACES})\b",
        field="snapshot",
    ),
    _topic(
        r"(when|what year) (was|were|did|is|has) (it |the |this |your )?(company|firm"
        r"|organization|you"
        r"|hospital|school|it) (founded|start(ed)?|begin|established)|founded|since when"
        r"|how old is (the"
        r" |your |this )?(company|firm|organization)|how long (has|have) (the company|you|it)",
        r"\b(founded|established|started|began)\b.*\b(1[89]|20)\d\d\b",
    ),
    _topic(
        r"where (is|are|will|would|do|does) (the |your |you |this |it |i )?((company|office|team"
        r"|hospital|mill|school|job|headquarters|based|located|work|sit|be) ?)+|located|location"
        r"|headquarter\w*",
        r"\b(headquartered|(based|located) (in|at|near)|company from"
        r"|(mill|plant|school|office|hospital) (at|in))\b",
    ),
    _topic(
        r"(who )?(owns|owned|owners?)( (you|the company|it|this))?|makes? (a )?profit",
        r"\b(owned|owners?|belongs to|nonprofit|non-profit)\b",
    ),
    _topic(
        r"(does|do|about|what is|what's) (the |your |this )?(company|hospital|school|firm"
        r"|organization|business|mill) (actually |really )?(do|make|about|sell)"
        r"|what do you (actually "
        r"|really )?(do|make|sell)|(about|what is|what's) (the |your |this )?(company|hospital"
        r"|school"
        r"|firm|organization|business)$",
        r"\b(is|are) (an?|the)\b|\b(makes?|made|moves|builds|sells|runs|provides|teaches|treats)\b",
        field="snapshot",
    ),
    _topic(
        r"((team|group|unit|you( guys)?|department|company|i|we|fellows?)( currently| mostly)?"
        r" (be )?)?(work(ing)? on|build(ing)?|doing)( (right now|at the moment|currently"
        r"|these days))?"
        r"|projects?( (are there|do you have|does the team have))?",
        r"\bprojects?\b|\bwork(s|ing)? on\b"
        r"|\b(team|group|lab|department)\b[^.;]*\b(builds?|runs?|maintains?|makes?|develops?)\b",
    ),
)
"""Tried in this order; the first that is asked about decides."""
