"""Sound in, sound out, and turns: knows nothing of interviews."""

import os

# Nothing is reported on whoever uses it, whatever the environment says: the README promises it.
# onnxruntime 1.29 and later look up their vendor's server some seconds after a model is opened
# (seen with strace). Here, since every module of ours loads this package before a library.
os.environ.update(ORT_DISABLE_TELEMETRY="1", HF_HUB_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1")
# NumPy's threads wait for each other, which makes small products 30 times slower.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
