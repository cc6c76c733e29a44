"""`rehearse demo`: a whole mock interview without a microphone."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from agent.cli.debrief import add_debrief_option, telling_of
from agent.cli.interview import add_engine_options, engines, hold_and_show, loaded, output_parent

if TYPE_CHECKING:
    from agent.interview.rehearsal import Audience
    from agent.interview.start import Stage

DEMO_MINUTES = 20.0


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command."""
    parser = commands.add_parser(
        "demo",
        help="see a whole interview and its report; no microphone needed",
        description="Interview a recorded candidate about a sample brief, then write the report.",
    )
    parser.add_argument("--realtime", action="store_true", help="take the time it really takes")
    parser.add_argument("--play", action="store_true", help="hear both voices (with --realtime)")
    parser.add_argument("--speaker", metavar="NAME", help="loudspeaker, by name or part of it")
    add_engine_options(parser)
    add_debrief_option(parser)
    parser.add_argument("--out", metavar="DIR", help="folder for the session's folder")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Hold the demo interview and show its results."""
    from agent.brief.read import read_brief
    from agent.cli.fetch_models import offer_models
    from agent.config import demo_dir, sample_briefs_dir
    from agent.interview.demo import DemoCandidate, read_manifest
    from agent.interview.start import Wish, spoken_stage
    from agent.session.settings import Settings

    brief = read_brief(str(sample_briefs_dir() / read_manifest(demo_dir()).brief))
    candidate = DemoCandidate(demo_dir(), brief)
    wish = Wish(
        brief,
        output_parent(args.out),
        Settings(minutes=DEMO_MINUTES, demo=True),
        only=candidate.questions,
        engines=engines(args) | {"interviewer": args.interviewer or "rules"},
    )

    def hold(stage: Stage, audience: list[Audience]) -> None:
        from agent.cli.room import simulated
        from agent.interview.start import hold_spoken

        with simulated(candidate, args) as port:
            hold_spoken(stage, port, [*audience, candidate])

    offer_models(args.stt, args.tts)
    telling = telling_of(args, simulated=True)
    stage = loaded(lambda: spoken_stage(wish))
    return hold_and_show(stage, hold, telling, keys=args.realtime, stt=args.stt)
