"""The local model: Ollama on this machine, with one client for all who have a use for it."""

from agent.llm.client import Client as Client
from agent.llm.client import Message as Message
from agent.llm.server import LIST_S as LIST_S
from agent.llm.server import PROBE_S as PROBE_S
from agent.llm.server import LocalModel as LocalModel
from agent.llm.server import host as host
from agent.llm.server import insist_on_local as insist_on_local
from agent.llm.server import models as models
