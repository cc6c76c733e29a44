"""Cues of the phases of a told experience: situation, task, action, result, learning.

Situation, task, action, result are the parts that DDI's Targeted Selection asks a behavioral
answer for (STAR); learning comes from "problem, action, result, learned, applied" (PARLA). The
cues are our own, written by hand and widened on tests/bench/structure_answers.txt. They are
matched in lower case without punctuation.
"""

from __future__ import annotations

import re

from agent.measures.past_forms import PAST

STRONG = 2.0
"""Weight of a cue that shows its phase by itself."""
WEAK = 1.0
"""Weight of a cue that other phases may have as well."""
BACKGROUND = 0.75
"""Weight of what tells of others in the past: before the actions the situation, after them less
than the result, which has the same cues."""

Cues = dict[str, tuple[tuple[re.Pattern[str], float], ...]]
"""Patterns and their weights by phase, in the order a good answer has them."""

_NOT_DONE = (
    r"(?!need|want|learn|realiz|realis|happen|agreed|liked|hoped|feared|worried|failed|achiev|ow?ned"
    r"|volunteer|used to|finished|shipped|launched|delivered|saved|managed|succeed|recovered)"
)
"""First-person past forms that tell of a task, a result or a thought."""
_DID = rf"(?:{_NOT_DONE}\w{{2,}}ed|{PAST}|put|asked)"
_REGULAR = r"\w{2,}ed"
_HOW = r"(?:\w+ly |first |also |then |just |even |simply |always |did not |didn't )?"
_THEY = (
    r"(?:he|she|they|it|nobody|everybody|everyone|people"
    r"|(?:my|our|the|an?|his|her|their)(?: \w+){1,3})"
)
_NAMED = (
    r"^(?:and |but |so )?(?:(?!(?:i|we|that|and|but|so|then|first|also) )\W?\w+ ){1,5}"
    rf"(?:was|were|had|{_REGULAR}|{PAST})"
)
_BACK = r"(?:years?|months?|weeks?|summers?|winters?)"


def cue(pattern: str, weight: float = STRONG) -> tuple[re.Pattern[str], float]:
    """Return a pattern of whole words with its weight; # in it stands for a number."""
    number = r"#\S+(?: #\S+)*"
    return re.compile(rf"(?<!\w)(?:{pattern.replace('#', number)})(?!\w)"), weight


STORY: Cues = {
    "situation": (
        cue(r"(?:at|in|during) my (?:last|previous|first|old|current|former)"),
        cue(r"when i (?:was|worked|started|joined|took over)|i was working (?:at|for|in|on)"),
        cue(rf"{_BACK} ago|back (?:then|in)|in \W?(?:19|20)\d\d"),
        cue(rf"(?:last|this past) (?:spring|summer|autumn|fall|winter|term|{_BACK})"),
        cue(r"i was (?:an?|the) \w+(?: \w+)? (?:at|in|on|for)|at th(?:e|at) time"
            r"|used to (?:be|have)"),
        cue(r"(?:there was|there were|it was) (?:an?|my|our)|there (?:was|were) always"),
        cue(r"the (?:background|situation|context) (?:was|is|here)"),
        cue(r"(?:one|on an?|on a) (?:day|night|morning|evening|shift|monday|tuesday|wednesday"
            r"|thursday|friday|saturday|sunday)"),
        cue(r"(?:we|they|people|everybody|everyone) (?:were|was) \w+ing|(?:was|were) \w+ing", WEAK),
        cue(r"(?:we|they|he|she) (?:had|were|was)|(?:kept|started) \w+ing|nobody could", WEAK),
        cue(r"(?:had|were|was) (?:just|about|all|already|already been) \w+|the \w+ before", WEAK),
        cue(rf"{_THEY} (?:was|were|had|knew|{_REGULAR}|{PAST})|{_NAMED}", BACKGROUND),
    ),
    "task": (
        cue(r"my (?:\w+ )?(?:task|job|role|goal|aim|responsibility|part|assignment|mission) was"),
        cue(r"(?:i|we) (?:was|were|had been) (?:responsible|asked|supposed|in charge|assigned"
            r"|tasked|told to|expected)|asked (?:me|us) to"),
        cue(r"(?:i|we) (?:had|needed) to|it was (?:on me|up to me|my job|our job)"),
        cue(r"the (?:goal|task|challenge|aim|objective|target|deadline) was"),
        cue(r"i (?:owned|volunteered|was the one)|(?:on|to) my (?:desk|plate|shoulders|hands)"
            r"|(?:fell|came down|was left) to (?:me|us)|(?:was|were) mine|in my hands"),
        cue(r"(?:somebody|someone|it|they|the \w+) (?:needed|had) to (?!do with)\w+"),
        cue(r"i was the only one|(?:he|she|they|it) needed|(?:needed|had) to \w+", WEAK),
    ),
    "action": (
        cue(rf"(?<!that )(?<!which )(?:i|we) {_HOW}(?:{_DID})|i (?:had|have) {_NOT_DONE}\w+ed"),
        cue(r"i had an? (?:\w+ )?(?:coffee|talk|word|meeting|chat|call|conversation|look)"),
        cue(r"what i did|my approach|(?:i|we) (?:decided|started|began) (?:to|by|with)"),
        cue(r"(?:first|then|next|after that|so) (?:i|we)", WEAK),
    ),
    "result": (
        cue(r"as a (?:result|consequence)|in the end|eventually|the (?:results?|outcome|effect)"
            r" (?:was|were|of)|ended up|turned out|by the end|at the end of"),
        cue(r"(?:went|go|dropped|fell|rose|grew|climbed|shrank|increased|decreased|improved)"
            r" (?:\w+ ){0,4}(?:from|to|by) #|(?:dropped|fell|rose|grew) (?:from"
            r"|to|by)"),
        cue(r"(?:days|weeks|months|years|a day|a week|a month|a year) later"
            r"|after (?:a |\W?\w+ )\W?(?:days?|weeks?|months?|years?)"),
        cue(r"(?:it|that|this|we|i|which) (?:saved|reduced|improved|achieved|shipped|launched"
            r"|delivered|finished|managed|won|recovered|succeeded|started \w+ late)"),
        cue(r"(?:and|finally) (?:shipped|launched|delivered|finished|saved)|(?:was|were) (?:back"
            r"|running|working|up) again"),
        cue(r"(?:was|were|got) (?:saved|solved|fixed|accepted|approved|adopted|published|fine"
            r"|back)"),
        cue(r"(?:is|are) still|still (?:use|uses|runs|run|works|in use)|to this day|paid off"
            r"|worked out|went live|went well|went home|nobody has|has not happened"),
        cue(r"(?:he|she|they|the \w+) (?:agreed|thanked|accepted|liked|signed|passed|succeeded"
            r"|were happy|was happy|led)|nothing happened|twice as (?:fast|many|much)"),
        # Told after the actions, what others did and how things stood is what came of it.
        cue(rf"{_THEY} (?:was|were|had|{_REGULAR}|{PAST})|{_NAMED}", WEAK),
        cue(r"by (?:the next|spring|summer|fall|autumn|winter|january|february|march|april|may|june"
            r"|july|august|september|october|november|december|then)|afterwards|became"),
        cue(rf"{_THEY} (?:is|are) (?:down|up|\w+er)|(?:came around|no longer|not a single)"
            r"|the (?:others|rest|customers?|team|class|patients?) (?:came|noticed|loved|got)"),
        cue(r"since that \w+|(?:has|have) (?:not |never )?\w+ since"),
        cue(r"finally|percent|(?:is|are|was|were) (?:\w+ )?(?:faster|better|shorter"
            r"|cheaper|happier|within|below)", WEAK),
    ),
    "learning": (
        cue(r"(?:i|we)(?:'ve| have)? (?:\w+ )?(?:learned|learnt)|taught me|showed me"
            r"|(?:lesson|takeaway|learning)s? (?:\w+ ){0,3}(?:was|is|were)"),
        cue(r"looking back|in hindsight|in retrospect|next time|if i (?:did|had to|could) (?:do )?"
            r"(?:it|this|that)? ?(?:again|over)"),
        cue(r"since then i|ever since|from then on|i (?:now|always|never) "
            rf"(?!(?:had|was|knew|{_REGULAR}|{PAST}) )\w+"
            r"|today i (?:would|\w+)|these days i|differently"
            r"|i \w+ (?:\w+ ){0,5}(?:now|today|these days)"
            r"|(?:what|that is what|that's what) i (?:tell|teach|say)"),
        cue(r"i (?:realized|realised|understood) (?:that|how|why|\w+ing)"
            r"|i would (?:do|have|ask|start|begin|write|make) (?:\w+ ){0,5}"
            r"(?:differently|earlier|sooner|first|again)"),
        cue(r"(?:stayed|stuck) with me|what i (?:took|take) (?:away|from|with)|made me \w+"
            r"|changed (?:how|the way) i|never again|(?:this|that) is why i|reminds? me"
            r"|i (?:know|understand|see) now|i came (?:out|away)|from that day"),
        cue(r"since then|i would|i'd|i (?:still|try|make sure|think|believe)"
            r"|(?:is|are) (?:not )?(?:easier|better|harder|worth|safer)|if (?:you|people|one)"
            r"|you (?:need|have to|should|can|can't|cannot)", WEAK),
    ),
}  # fmt: skip
"""What shows a phase of a story."""
