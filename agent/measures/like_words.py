"""The word lists that like_rules.py looks up before and after "like".

Closed classes of English (pronouns, prepositions, forms of "be") and the open-class words that
speech has there most; written from knowledge of the language and checked on calls 0-9 of the
hand-marked Switchboard sample (NLTK data, Open Content).
"""

from __future__ import annotations

from agent.text.words import word_set

BREAKS = word_set("um uh er erm hmm mm ah uhm umm oh huh")
"""Hesitations: the words around them belong together."""
BEFORE_PAIRS = frozenset(
    {("you", "know"), ("i", "mean"), ("kind", "of"), ("sort", "of"), ("i", "guess")}
)
"""What else is passed over on the way back to the word that "like" hangs on."""
AFTER_PAIRS = frozenset({("you", "know"), ("i", "mean")})
"""What is passed over on the way on."""
LIGHT = word_set(
    "just really even also still only probably actually basically literally maybe always never "
    "already now kinda sorta totally obviously honestly simply usually sometimes often like"
)
"""Adverbs that may stand between a word and its "like" without changing anything."""
SUBJECTS = word_set("i you we they he she it there who somebody someone everybody everyone")
"""After them "like" is the verb, unless another verb follows."""
PEOPLE = word_set("i you we they he she")
"""Those who quote: "I was like"."""
ARTICLES = word_set("a an the my your his her its our their another one some any")
"""What opens a noun: "it was like a dream" compares."""
COMPARING = word_set(
    "look looks looked looking seem seems seemed seeming sound sounds sounded sounding taste "
    "tastes tasted smell smells smelled feel feels felt feeling act acts acted acting behave "
    "behaves behaved behaving treat treats treated treating more less most much not nothing "
    "something anything everything things thing stuff exactly somewhat almost quite alike people "
    "places companies tools systems ones rather very bit lot way ways don't"
)
"""After them "like" compares."""
COMPARED = word_set(
    "that this those these me him them us it mine ours yours theirs myself yourself ourselves "
    "everybody everyone everything anybody anyone somebody someone something anything nothing "
    "other any such all most hell to"
)
"""Before them "like" compares or is the verb."""
VERB_BEFORE = word_set(
    "would wouldn't do don't did didn't does doesn't to will won't might could couldn't can can't "
    "should shouldn't may must shall really i'd you'd we'd they'd he'd she'd who'd i'll you'll "
    "we'll they'll he'll she'll people users customers clients patients kids parents students"
)
"""After them "like" is the verb."""
PLAIN_VERBS = word_set(
    "be go get have take give say want need come put tell ask try keep buy pay spend figure "
    "wait sit drive pick throw pull push write send find build make do see"
)
"""Unless one of these follows: "to like go"."""
PAST_VERBS = word_set(
    "went had was were got took did made said came saw ran gave knew thought kept built felt put "
    "told found left lost sent spent paid bought wrote broke drove sat stood started couldn't "
    "didn't wasn't weren't don't can't won't wouldn't have has is are will can could would should "
    "need want went get go start started keep"
)
"""What makes "they like went" a filler: forms that cannot be what they like."""
BE = word_set(
    "was were is are am be been being it's that's there's he's she's i'm you're we're they're "
    "what's who's here's wasn't isn't weren't aren't it'd it'll that'd"
)
"""Forms of "be"."""
QUOTING_BE = word_set("i'm he's she's they're we're you're everyone's everybody's")
"""With a person inside."""
INTERJECTIONS = word_set("oh okay ok wow no yeah yes well ugh hey hmm god man whoa gee wait please")
"""What opens a quote after any "be like"."""
QUOTED = word_set("i you what why let's how who sure sorry")
"""What opens a quote after a person's "be like"."""
TAKES_A_NOUN = word_set(
    "have has had having got gotten takes take took taken taking need needs needed want wants "
    "wanted makes made making use used using buy bought pay paid paying spend spent cost costs "
    "find found gave give see saw seen i've you've we've they've put "
    "read watch ate eat drank wrote "
    "write says saying getting bring brings brought bringing teach taught teaching learn learned "
    "learning hire hired call called serve served cover covered add added adding build built "
    "building create created creating include includes including offer offers provide provides "
    "show shows showed try tried doing wear wore earn earned charge charged hear heard"
)
"""Verbs that need an object, so that "like" before it is a filler."""
PREPOSITIONS = word_set(
    "in for at on of from with about into through over after before within until till since "
    "around between near by during under above off onto than as"
)
"""Two prepositions do not follow each other: after these "like" is a filler."""
DETERMINERS = word_set("a an the my your his its our their every these those some no each")
"""Between these and their noun "like" is a filler."""
LEADS = word_set(
    "and but or so because cause cuz if when where while then plus though although that yeah yes "
    "okay ok right well no anyway say said know"
)
"""What a clause begins with."""
PLACES = word_set(
    "in on at from during for with after before by between around about into last next when if "
    "because since where whenever once every maybe probably up out over down through here there"
)
"""Before these "like" is a filler: no preposition takes another, or a clause of time."""
DEGREES = word_set(
    "really very so totally completely super pretty always never too almost nearly kind sort "
    "just way literally basically actually extremely mostly only way"
)
"""Adverbs of degree, before which "like" is a filler."""
ADJECTIVES = word_set(
    "good bad big small huge hard easy slow fast crazy weird great hot cold new old nice fine sad "
    "mad full low high long short right wrong dead done gone broke stuck out up down off over all "
    "how what why where broken frozen stolen hidden forgotten written driven taken given open"
)
"""Common adjectives and participles: after "be like" they describe."""
DESCRIBING_ENDS = ("ed", "ful", "ous", "able", "ible", "ic", "ish", "less", "ive")
"""How longer adjectives and participles end."""
LY_NOUNS = word_set("family only early july italy supply reply assembly daily anomaly ally fly")
"""No adverbs, though they end so."""
AMOUNTS = word_set("couple few hundred thousand million billion dozen half third quarter")
"""After an article, an approximate amount: "like a couple"."""
FINITE = SUBJECTS | word_set(
    "is was are were has had have can could would will did does do gets got goes went isn't wasn't "
    "doesn't didn't don't can't it's that's they're we're you're i'm he's she's they've i've we've"
)
"""Words that show a clause."""
TURNS = word_set("last past next first second")
"""After an article, a time: "like the last week"."""
TIMES = word_set(
    "last next every noon midnight yesterday today tomorrow monday tuesday wednesday "
    "thursday friday saturday sunday"
)
"""When something was."""
PARTICLES = word_set("out up down off back")
"""Go with the verb before: "I got out like my notes"."""
SAYING = word_set("say said says saying mentioned told")
"""Of "like I said", which is a conjunction."""
