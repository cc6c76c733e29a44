"""Names that stand in for each other: "moved to gRPC" where the brief says rSocket."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from agent.coverage.said import Said
from agent.coverage.sounds import find_name
from agent.coverage.words import meaning

FAMILIES = """
rSocket gRPC WebSocket WebSockets REST SOAP GraphQL Kafka RabbitMQ ActiveMQ ZeroMQ MQTT NATS Thrift
PyTorch TensorFlow JAX Keras Theano MXNet Caffe
TRL VeRL OpenRLHF RLlib TRLX DeepSpeed-Chat
FastAPI Flask Django Rails Spring Express Laravel
TimescaleDB InfluxDB PostgreSQL Postgres MySQL MariaDB MongoDB Cassandra DynamoDB Oracle SQLite
Redis Memcached Hazelcast
Ollama vLLM llama.cpp TGI
Docker Podman Vagrant VMware
Kubernetes Nomad Mesos Swarm
MLflow Neptune WandB Comet
Optuna Hyperopt Ax Vizier
AWS Azure GCP
React Angular Vue Svelte
Java Kotlin Scala Rust Go Python Ruby C++ Fortran Haskell Erlang
Terraform Pulumi Ansible Puppet Chef
Jenkins CircleCI GitLab
Grafana Kibana Splunk Datadog Tableau
Spark Flink Hadoop Snowflake BigQuery Redshift
SAP Maximo Dynamics Infor
Siemens Rockwell Allen-Bradley Mitsubishi Omron
Epic Cerner Meditech Allscripts
Pyxis Omnicell
SBAR SOAPIE ISOBAR
Berkeley Stanford MIT Harvard Princeton Yale Oxford Cambridge
NeurIPS ICML ICLR CVPR AAAI
Salesforce HubSpot Zendesk
AutoCAD SolidWorks CATIA Revit
Excel Matlab SPSS Stata
VEX FIRST
"""
"""What people choose between, one kind a line; written by hand, and short on purpose."""
_NOT_CHOSEN = re.compile(
    r"\b(?:from|instead of|rather than|not|no|than|like|versus|vs|unlike|replac\w+|left|off|over"
    r"|drop\w*|against|beside|besides|and not|compar\w+ (?:with|to)|tried|considered|looked at)"
    r"\s+(?:the |an? |old |our )*$"
    r"|(?:\bnot|\bnever|n't)\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_SLOT = re.compile(
    r"\b(migrat\w+|mov\w+|switch\w*|port(?:ed|ing)|rewr\w+|rebuil\w+)\s+(?:\S+\s+){0,4}?"
    r"(?:to|in|onto|into)\s+([A-Za-z][\w+#.]*)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Rival:
    """A name said in the place of one of the point's."""

    name: str
    """The point's."""
    said: str
    """What was said instead, as written."""
    start: int
    """Offset of its first character."""
    end: int
    """Offset after its last character."""


@lru_cache(maxsize=1)
def _families() -> dict[str, tuple[str, ...]]:
    """Return for each name, lower case, the others of its line."""
    lines = [tuple(line.split()) for line in FAMILIES.strip().splitlines()]
    return {name.lower(): line for line in lines for name in line}


def rival_of(claim: str, names: tuple[str, ...], said: Said, question: str) -> Rival | None:
    """Return a name that was said where the claim has another, or None.

    It must be of the same kind (FAMILIES) or stand where the claim's name stands ("moved to"); the
    claim's own name must not be said at all, not even by its sound.
    """
    for name in names:
        if find_name(name, said.text):
            continue
        for rival in (*_of_family(name, said), *_of_slot(claim, name, said)):
            known = find_name(rival.said, claim) or find_name(rival.said, question)
            if not known and _stands_for(rival, said):
                return rival
    return None


def _of_family(name: str, said: Said) -> Iterator[Rival]:
    for other in _families().get(name.lower(), ()):
        pattern = rf"(?<!\w){re.escape(other)}(?![\w+])"
        # Names that are words too ("Go", "Express", "Spring") must be written as names.
        plain = other.istitle() or other.isupper()
        flags = re.RegexFlag(0) if plain else re.IGNORECASE
        for match in re.finditer(pattern, said.text, flags):
            if other.lower() != name.lower():
                yield Rival(name, match.group(), match.start(), match.end())


def _of_slot(claim: str, name: str, said: Said) -> Iterator[Rival]:
    """Yield names after the verb and preposition after which the claim has `name`."""
    verbs = {
        meaning(match.group(1)) for match in _SLOT.finditer(claim)
        if match.group(2).strip(".,").lower() == name.lower()
    } | {
        meaning("migrate") for _ in re.finditer(rf"migration to {re.escape(name)}", claim, re.I)
    }  # fmt: skip
    for match in _SLOT.finditer(said.text):
        word = match.group(2).rstrip(".")
        if meaning(match.group(1)) in verbs and any(c.isupper() for c in word) and len(word) > 1:
            yield Rival(name, word, match.start(2), match.start(2) + len(word))


def _stands_for(rival: Rival, said: Said) -> bool:
    """Return whether a name is told as what was used: no plan, not what was left behind."""
    starts = [sentence.start for sentence in said.sentences]
    sentence = said.sentences[max(0, bisect_right(starts, rival.start) - 1)]
    before = said.text[sentence.start : rival.start]
    return sentence.stands and not _NOT_CHOSEN.search(before)
