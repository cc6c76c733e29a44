"""Words that say the same in an interview answer; each line is one meaning, named by its first.

Written by hand from how people paraphrase results: "cut", "brought down" and "shrank" all retell
"reduced". Kept short on purpose: a wrong pair makes a false match, sentence vectors do the rest.
"""

SYNONYMS = """
reduce cut shrink shrank shrunk lower decrease drop dropped slash halve trim shorten
reduce reduction fell
increase grow grew raise rose rise boost improve improvement gain climb
scale scaling scaled scalability
build built create develop wrote write design implement make made construct implementation
tps transaction request throughput qps rps
concurrent simultaneous parallel
connection socket client
latency delay response
migrate migration move switch port transition rewrite
evaluate evaluation eval assess assessment
test testing check
statistic statistical stats
rigor rigorous rigour careful
confidence ci cis
interval intervals
neural network net
backpropagation backprop bptt
algorithm method
framework library
benchmark compare comparison measure
profile profiling
gpu cuda accelerator
memory ram
convergence converge
parameter param weight
paper publish published publication article
reuse repurpose repurposing reused recycle leverage
integration integrate glue
overhead extra
cycle loop turnaround run
engagement interaction
user customer
patient resident
nurse nursing
hospital clinic infirmary
ward unit floor
medication drug medicine med
error mistake
fall falls
infection sepsis
train training teach taught onboard
preceptor precept mentor coach
student pupil learner child kid
class classroom lesson course
parent family
staff team colleague crew
shift rota schedule roster
lead led run ran head coordinate manage oversee
start launch introduce begin found
handover handoff
discharge release
antibiotic antibiotics
survey questionnaire feedback
cost expense spend price
save saving
sale revenue
read reading literacy
score mark grade
attendance attend present
quick fast rapid speed
old original legacy former
hand-written handwritten handcoded hand-coded
container docker
wait waiting
stay length
rate ratio share
adverse harmful
"""
