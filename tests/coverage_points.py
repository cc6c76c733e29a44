"""Talking points that the labelled answers are about: three of our own, three of whole briefs.

coverage_cases.jsonl is the half that coverage was developed on. coverage_heldout.jsonl was written
before, over the three whole briefs alone, and was not run until the development had ended.
"""

from __future__ import annotations

from pathlib import Path

from agent.brief import TalkingPoint
from agent.brief.read import read_brief

ROOT = Path(__file__).resolve().parents[1]


def of_brief(path: str, keys: str) -> dict[str, TalkingPoint]:
    """Return the talking points of a brief by short keys, in its order."""
    return dict(zip(keys.split(), read_brief(str(ROOT / path)).talking_points, strict=True))


FELLOWS = {
    "workbench": TalkingPoint(
        name="RL Workbench, a living systems project",
        text="A post-training workbench in 3 phases: real GRPO and DPO training with TRL on Apple "
        "Silicon and CUDA, a benchmark of 4 frameworks (TRL, VeRL, OpenRLHF, NeMo RL) in "
        "Docker with GPU passthrough, and 12 RL algorithms with the same profiling of "
        "throughput, memory and convergence — maps to the accelerator work of this team.",
    ),
    "aeval": TalkingPoint(
        name="Evaluation with statistical rigor",
        text="The aeval platform (FastAPI, TimescaleDB, Redis, Ollama) has 5 eval types, "
        "adversarial safety testing, and uses bootstrap confidence intervals, Welch's t-test "
        "and Cohen's d — demonstrates engineering rigor and research discipline.",
    ),
    "brain": TalkingPoint(
        name="Twenty years from hand-coded BPTT to 8B parameters",
        text="BRAIN went from a C++ neural net with hand-written backprop (UC Berkeley, 2004) "
        "through a NeurIPS paper to a PyTorch rewrite in 2026, scaling from 413 to 8B "
        "parameters with MLflow, Optuna and Docker — a rare mix of low-level intuition and "
        "modern depth.",
    ),
    "intuit": TalkingPoint(
        name="Distributed systems in production",
        text="At Intuit, took the ICE platform from 6K to 50K TPS by a migration to rSocket, with "
        "~1.5M concurrent connections at sub-25ms TP99, and 675M+ engagements in FY23 — "
        "demonstrates comfort with large distributed systems.",
    ),
    "autoeval": TalkingPoint(
        name="Fast empirical iteration",
        text="AutoEval cut robot model evaluation cycles from 72 hours to ~4 minutes by "
        "repurposing multimodal AI infrastructure that existed, with zero integration "
        "overhead; this habit fits a program that expects a public output within 4 months.",
    ),
}
NURSE = {
    "sepsis": TalkingPoint(
        name="Sepsis bundle",
        text="Led the sepsis bundle: with a screening card at triage, time to the first antibiotic "
        "fell from 94 to 38 minutes.",
    ),
    "falls": TalkingPoint(
        name="Fewer falls",
        text="Started hourly rounding on the ward; falls went down by 40% in six months.",
    ),
    "handover": TalkingPoint(
        name="SBAR handover",
        text="Wrote a one-page SBAR handover sheet that cut handover from 25 to 12 minutes.",
    ),
    "precept": TalkingPoint(
        name="Preceptor of new nurses",
        text="Preceptor for nine new graduate nurses; all nine were still on the ward after a "
        "year.",
    ),
    "discharge": TalkingPoint(
        name="Teach-back at discharge",
        text="Taught the staff teach-back at discharge: 30-day readmissions fell from 18% to 11%.",
    ),
}
TEACHER = {
    "quiz": TalkingPoint(
        name="Weekly quizzes that regroup the class",
        text="A five-minute quiz on Mondays and new groups by Wednesday; the share of 7th graders "
        "at grade level in fractions went from 31% to 64% in a year.",
    ),
    "calls": TalkingPoint(
        name="Calling every family early",
        text="Called all 120 families in the first two weeks; attendance at parent evenings rose "
        "from 40% to 85%.",
    ),
    "robotics": TalkingPoint(
        name="Robotics club",
        text="Founded the robotics club: from 8 to 52 students in three years, half of them girls, "
        "second in the state at VEX.",
    ),
    "stations": TalkingPoint(
        name="Stations in a co-taught class",
        text="Class of 32 with 11 IEPs: teaching in stations cut office referrals from 19 to 4 a "
        "month.",
    ),
    "guide": TalkingPoint(
        name="Field guide to the creek",
        text="Students wrote a field guide to the creek behind the school, 48 species with "
        "drawings; the city printed 2,000 copies.",
    ),
}
FELLOW = of_brief("briefs/ml-systems-fellow.md", "workbench aeval brain intuit autoeval")
WARD = of_brief("briefs/ward-nurse.md", "falls sepsis precept surge discharge")
PLANT = of_brief("tests/plant_engineer.md", "dryer steam spares vibration lockout")
SALES = {
    "leeds": TalkingPoint(
        name="Largest contract of the region",
        text="Won the hospital group in Leeds from a competitor after 11 months: £2.3M "
        "over three years.",
    ),
    "churn": TalkingPoint(
        name="Churn by a health score",
        text="Built a health score from usage and tickets and called every red customer "
        "within 2 days; yearly churn fell from 14% to 8%.",
    ),
    "team": TalkingPoint(
        name="Turned a team around",
        text="Took over a team of 6 at 61% of quota; with weekly call reviews it reached "
        "104% two quarters later.",
    ),
    "crm": TalkingPoint(
        name="CRM clean-up",
        text="Merged 40,000 duplicate contacts in Salesforce and cut the time to a quote "
        "from 5 days to 1.",
    ),
    "award": TalkingPoint(
        name="Rep of the year", text="Rep of the year in 2022 among 85 people in EMEA."
    ),
}
DATA = {
    "batch": TalkingPoint(
        name="Nightly batch",
        text="Moved the nightly batch to incremental dbt models: from 9 hours to 40 minutes.",
    ),
    "contracts": TalkingPoint(
        name="Data contracts",
        text="Introduced data contracts for 23 tables with checks in the producers' CI; "
        "incidents went from 7 to 1 a month.",
    ),
    "bill": TalkingPoint(
        name="Snowflake bill",
        text="Cut the Snowflake bill from $180K to $105K a month by suspending idle "
        "warehouses and rewriting 3 queries.",
    ),
    "stream": TalkingPoint(
        name="Streaming fraud features",
        text="Kafka and Flink features for fraud in under 200 ms at 12,000 events a second.",
    ),
    "mentor": TalkingPoint(
        name="Mentoring", text="Mentored 4 juniors, 3 of whom were promoted within 18 months."
    ),
}
CHEF = {
    "waste": TalkingPoint(
        name="Food cost",
        text="Weighed waste for a month and wrote the menu around whole animals: food "
        "cost went from 34% to 28% of sales.",
    ),
    "staff": TalkingPoint(
        name="Cooks who stay",
        text="Two days off in a row and no shouting: 4 cooks left in two years, after 19 "
        "in the two years before.",
    ),
    "power": TalkingPoint(
        name="Power cut on a Saturday",
        text="With 140 guests seated the power failed; charcoal grill outside within 20 "
        "minutes, five dishes, everybody ate.",
    ),
    "star": TalkingPoint(name="Bib Gourmand", text="Kept the Bib Gourmand three years in a row."),
    "opening": TalkingPoint(
        name="Second restaurant",
        text="Opened the second restaurant in 90 days for €400K, 10% under budget.",
    ),
}
DEPOT = {
    "slots": TalkingPoint(
        name="Slotting",
        text="Re-slotted fast movers next to packing by what sells together: from 85 to "
        "130 lines an hour for each picker.",
    ),
    "forklift": TalkingPoint(
        name="One-way forklift traffic",
        text="One-way traffic, walkways and mirrors: near misses fell from 11 to 2 a year.",
    ),
    "peak": TalkingPoint(
        name="Black Friday",
        text="Shipped 31,000 parcels a day instead of 9,000 with 70 temps hired a month "
        "early; 99% left on time.",
    ),
    "wms": TalkingPoint(
        name="New warehouse software",
        text="Went live with Manhattan WMS in 6 weeks without a day of downtime.",
    ),
    "union": TalkingPoint(
        name="Shift plan with the works council",
        text="Agreed a 4-day shift plan with the works council; sick leave fell from 9.5% to 6%.",
    ),
}
BRIEFS = {
    "fellows": FELLOWS,
    "nurse": NURSE,
    "teacher": TEACHER,
    "fellow": FELLOW,
    "ward": WARD,
    "plant": PLANT,
    "sales": SALES,
    "data": DATA,
    "chef": CHEF,
    "depot": DEPOT,
}
