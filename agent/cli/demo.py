"""`rehearse demo`: a whole mock interview without a microphone."""

import argparse

from agent.brief.read import read_brief
from agent.cli.fetch_models import require_models
from agent.cli.interview import hold_and_show, loaded
from agent.cli.options import (
    PLAY,
    add_devices,
    add_engines,
    add_flags,
    add_out,
    describe,
    engines,
    output_parent,
)
from agent.cli.run import simulated
from agent.config import demo_dir, sample_briefs_dir
from agent.interview.demo import DemoCandidate, read_manifest
from agent.interview.rehearsal import Audience
from agent.interview.start import Stage, Wish, hold_spoken, spoken_stage
from agent.session.settings import Settings

DEMO_MINUTES = 20.0


def add_demo(parser: argparse.ArgumentParser) -> None:
    """Declare the command."""
    what = "Interview a recorded candidate about a sample brief, then write the report."
    describe(parser, run, what)
    add_flags(parser, realtime="take the time it really takes", play=PLAY)
    add_devices(parser, "speaker")
    add_engines(parser)
    add_out(parser, "folder for the session's folder")


def run(args: argparse.Namespace) -> int:
    """Hold the demo interview and show its results."""
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
        with simulated(candidate, args) as port:
            hold_spoken(stage, port, [*audience, candidate])

    require_models(args.stt, args.tts)
    stage = loaded(lambda: spoken_stage(wish))
    return hold_and_show(stage, hold, keys=args.realtime, stt=args.stt)
