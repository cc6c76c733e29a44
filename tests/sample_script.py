"""What is said in the sample session of tests/sample_analysis.py, planted truth included.

Answers are written in a small notation: `|1.8` a pause of 1.8 s, `*um*` a filled pause,
`~like~` a filler word, `^maybe^` a hedge, `word@` a word that the recognizer was unsure of,
`=very very=` a repetition.
"""

from __future__ import annotations

SCRIPT = (
    (
        "question",
        "warm_up",
        "To begin, what are you working on at the moment, and what is your part in it?",
        150,
        "I run the settlement team at Harbor Grid. |0.4 We match what twelve thousand shops sold"
        " against what the banks paid. |0.6 *Um,* my own part is the matching engine: I designed"
        " it, I wrote the first version, |0.3 and ~you know~ I still review every change to it."
        " |0.7 Last year we cut the nightly run from six hours to forty minutes, |0.3 mostly by"
        " sorting once and merging streams instead of looking up each sale.",
    ),
    (
        "follow_up",
        "warm_up",
        "You said “we cut the nightly run”. Which part of that was yours?",
        158,
        "The idea to merge sorted streams was mine. |0.5 I built a prototype in a week, |0.3"
        " showed that it gave the same totals on ninety days of data, |0.8 and then two colleagues"
        " moved the reports over.",
    ),
    (
        "question",
        "system_design",
        "How would you change a database schema under load without stopping the service?",
        134,
        "*Um,* |0.4 so first I would make the change additive. |0.5 New column, nothing reads it"
        " yet. |0.4 Then write to both, |0.3 backfill in small batches |2.1 *uh* while watching"
        " replication lag, |0.5 then switch the reads behind a flag, |0.3 and only then drop the"
        " old one. |0.6 We did that for the ledger@ table, |0.3 four hundred million rows, with no"
        " downtime at all. |0.7 The risk is ^sort of^ the backfill: |0.3 *uh,* if the batches are"
        " too large |0.95 the replicas fall behind.",
    ),
    (
        "question",
        "operations",
        "Tell me about a time when on-call was painful. What did you change?",
        196,
        "Oh that was bad, we had about thirty pages a week and everyone was exhausted, so I went"
        " through every alert of three months and deleted the ones nobody had acted on, and I"
        " wrote a rule that each alert needs an owner and a first step, |0.3 and then it went from"
        " thirty pages a week down to fourteen, and people started to volunteer for the rota@"
        " again, and ~like~ the whole mood changed, and we kept a weekly review of every page that"
        " had woken somebody and whether it should have.",
    ),
    (
        "question",
        "behavioral",
        "Describe how you helped somebody on your team to grow.",
        118,
        "*Um,* |0.9 ~I mean~ I think mentoring is ^probably^ the part of the job |0.7 that I enjoy"
        " the most. |1.3 *Uh,* there was a junior colleague |1.7 who was, ~you know,~ =very very="
        " quiet in reviews, |0.6 and ~like~ we talked every week. |1.2 *Um,* it went well, |0.8"
        " ~I mean~ she is much more confident now. |0.5 ^I guess^ that is ^kind of^ it.",
    ),
)
"""Kind, area, question, words a minute while speaking, answer."""
NUDGE_AT = 4
"""Index of the answer before which the interviewer says: take your time."""
CUT_AT = 1
"""Index of the question that the person interrupts."""
TAKEN_BACK_AT = 2
"""Index of the answer into which the interviewer cuts, to give the floor back at once."""
POINTS = (
    (
        "Nightly settlement, 6 h to 40 min",
        "Redesigned the matching engine so that nightly settlement fell from 6 hours to 40 minutes"
        " for 12,000 shops.",
        "covered",
        (0, "cut the nightly run from six hours to forty minutes,"),
        "Both figures were said.",
    ),
    (
        "Schema change with no downtime",
        "Moved a ledger of 400 million rows to a new schema with no downtime.",
        "covered",
        (2, "four hundred million rows,"),
        "",
    ),
    (
        "On-call: 30 pages a week to 4",
        "Cut pages from 30 a week to 4 in one quarter by giving each alert an owner.",
        "contradicted",
        (3, "from thirty pages a week down to fourteen,"),
        "Your brief says 4 pages a week, you said fourteen.",
    ),
    (
        "Mentoring: two promotions",
        "Mentored two junior engineers to promotion within 18 months.",
        "partial",
        (4, "I enjoy the most."),
        "Mentoring was raised; the two promotions were not.",
    ),
    (
        "Open-source tracing library",
        "Maintains a tracing library used by 900 projects.",
        "missing",
        None,
        "",
    ),
)
"""Name, text, status, (answer, quote), note."""
