"""`rehearse open`: the whole of it in the browser."""

import argparse
import webbrowser

from agent.cli.options import add_flags, add_out, describe, output_parent
from agent.web.app import Place
from agent.web.server import serve


def add_open(parser: argparse.ArgumentParser) -> None:
    """Declare the command."""
    describe(
        parser,
        run,
        "Open a page on this machine: your briefs, the interview with the browser's microphone, the"
        " report. It ends a minute after its last page was closed.",
    )
    parser.add_argument("--port", type=_port, default=0, help="port (default: a free one)")
    add_flags(parser, keep="go on until Ctrl-C", no_browser="print the address and open nothing")
    add_out(parser)


def run(args: argparse.Namespace) -> int:
    """Serve the page and open it."""

    def opened(address: str) -> None:
        print(f"Rehearse is open: {address}", flush=True)
        print("The address is good once, and only on this machine. Ctrl-C ends it.", flush=True)
        if not args.no_browser:
            webbrowser.open(address)

    serve(Place(output_parent(args.out)), args.port, args.keep, opened)
    return 0


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65_535:
        raise argparse.ArgumentTypeError("a port, 1 to 65535")
    return int(text)
