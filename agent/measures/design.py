"""Cues of the phases of a design: requirements, estimate, design, trade-offs, validation, failure.

The phases are those that guides to system design interviews list (Alex Xu, "System Design
Interview", chapter 3; the "System Design Primer" of D. Martin): scope and constraints, a
back-of-the-envelope estimate, the design itself, what speaks against it; how one would know that
it works, and what happens when a part fails, come from Google's "Site Reliability Engineering"
(chapter 27 and appendix). Cues as in story.py; an estimate also needs a number.
"""

from __future__ import annotations

from agent.measures.story import WEAK, Cues, cue

_BUILD = (
    r"(?:use|put|build|split|store|add|have|place|keep|create|run|cache|introduce|write|choose"
    r"|pick|set up|give|connect|begin each|let)"
)

DESIGN: Cues = {
    "requirements": (
        cue(r"requirements?|constraints?|use cases?|(?:in|out of) scope|the scope"),
        cue(r"(?:clarify|find out|pin down|want to know|ask (?:the|them|what|how|who|which)"
            r"|understand (?:what|who|how))"),
        cue(r"(?:i|i'm|i am|i'll|i will|we|let's|let me) (?:assum\w+|suppose)|assuming"),
        cue(r"(?:users?|customers?|patients?|nurses?|students?|people|children|they) (?:need|want)"
            r"|what (?:do|does|must|should) \w+ (?:need|do)|what (?:they|the \w+) needs?"),
        cue(r"what matters|need to (?:know|understand|learn)|can never|(?:most|more) important"
            r"|(?:talk|speak|listen) to (?:the|my|our|all)"
            r"|interview (?:the|a few|some)|(?:the|first|main) (?:question|thing) is"
            r"|i(?:'d| would) (?:first )?(?:ask|learn|talk|find)"),
        cue(r"(?:has|have|needs?) to \w+|must|(?:it|that|this|the system) should"
            r"|nobody (?:may|should)|the (?:goal|question) is", WEAK),
    ),
    "estimate": (
        cue(r"back of the envelope|estimates?|let's say|(?:that's|that is|that makes|that gives"
            r"|so that gives|which is|gives|makes) (?:about |around |roughly |some )?#"),
        cue(r"# (?:\w+ ){0,2}(?:an?|per|every) (?:second|minute|hour|day|week|month|year|shift)"
            r"|# times|at peak"),
        cue(r"(?:about|around|roughly|say|expect|perhaps|maybe) (?:about )?#"),
        cue(r"# (?:users|requests|patients|people|students|children|customers|machines|sensors"
            r"|beds|gigabytes|terabytes)", WEAK),
    ),
    "design": (
        cue(rf"(?:i|we)(?:'d| would|'ll| will|) (?:also |then |first |simply )?{_BUILD}"),
        cue(r"(?:consists?|made) of|(?:#|several) (?:parts|stages|layers|steps"
            r"|services|components|groups)|in front of|behind (?:a|the)|at the (?:core|center"
            r"|heart)"),
        cue(r"(?:queue|database|cache|gateway|broker|load balancer|server|pipeline|architecture"
            r"|component|module|stateless|worker)s?", WEAK / 2),
        cue(r"\w+ (?:goes?|gets?|drives?|sends?|lets?|takes?|stays?|runs?|comes?|is|are|has|have"
            r"|needs?|sits?|holds?)", WEAK / 2),
        cue(r"(?:i|we) (?:need|have|keep|put|place|use|build) (?!to (?:know|understand|learn))"
            r"|(?:each|every|another) \w+ \w{3,}s"),
        cue(r"(?:the|every|each) \w+ (?:\w+ )?(?:goes|go|gets|sends|collects|stores|publishes|reads"
            r"|writes|lives?|passes|cleans|talks|calls)|there (?:is|would be)", WEAK),
    ),
    "trade_offs": (
        cue(r"trade ?-?offs?|downsides?|drawbacks?|disadvantages?|alternatives?|alternatively"
            r"|on the other hand|whereas|at the (?:cost|expense|price)"
            r"|pros and cons|the catch|versus"),
        cue(r"the (?:cost|price|risk|penalty) (?:of|is|here)|(?:i|we)(?:'d| would)?"
            r" (?:prefer|rather)"
            r"|rather than|compared (?:to|with)|give up|giving up|sacrific\w+"),
        cue(r"(?!other|rather|after|number|never)\w+er than|(?:more|less|fewer) \w+ than"
            r"|would be (?:\w+er|more \w+)|(?:easi|hard|simpl|cheap|saf|slow|fast)e?r to"
            r"|wast(?:es|ing)|on the other (?:hand|side)|ties up|is worth|it costs|worse"
            r"|the bad (?:side|part)"),
        cue(r"(?:simpler|cheaper|faster|slower|harder|easier|safer) (?:but|and|per|than)"
            r"|instead of|either", WEAK),
    ),
    "validation": (
        cue(r"load test\w*|pilot|a b test|canary|verify|validate|validation|to check (?:that"
            r"|whether|if)|check (?:that|whether)|dashboards?|monitor(?:ing)?|metrics?|audit"),
        cue(r"(?:i|we)(?:'d| would|'ll| will|) (?:\w+ )?(?:measure|test|watch|compare|track|count)"
            r"|how (?:do|would|will) (?:i|we) know|raise an alert|alerts?"),
        cue(r"i(?:'d| would|'ll| will) (?:\w+ )?(?:look at|see|check|survey|review|observe)"
            r" (?:how|whether|if|the)|simulat\w+|trial|dry run|rehears\w+|before the launch"
            r"|(?:see|know) (?:whether|if|that) it"),
        cue(r"tests?|tested|testing|measure|compare|survey|success", WEAK),
    ),
    "failure": (
        cue(r"fails?|failed|failures?|failover|(?:goes|go|went|is|are) (?:down|wrong|lost|offline)"
            r"|crash\w*|outages?|worst case|single point|disaster"),
        cue(r"retry|retries|back ?off|fall ?back|back ?ups?|recover\w*|redundan\w+|dead letter"
            r"|degrades?|(?:if|when) (?:\w+ ){1,5}(?:dies|breaks|is missing|drops? out"
            r"|calls? in sick|is sick|stops|is full)"),
        cue(r"(?:can|could|might|may|will|would) (?:\w+ )?(?:break|fail|die|stop|get lost|go down"
            r"|disappear|run out)|should (?:the|an?|one) \w+(?: \w+)? be|unreachable|unavailable"
            r"|(?:if|when|should) (?:\w+ ){1,4}(?:is|are|was) (?:not|out|full|late|sick|gone|closed"
            r"|down)|out of (?:order|power|service)|in case|breaks|is missing|runs out"),
        cue(r"what (?:happens )?if|emergency|buffer", WEAK),
    ),
}  # fmt: skip
"""What shows a phase of a design; # stands for a number."""
