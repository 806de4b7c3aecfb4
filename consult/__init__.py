"""consult: community consultations in people's mother tongue.

This package root is nearly empty on purpose: ``consult survey check`` must not pay for a web
framework. The applications are built in :mod:`consult.surfaces`.
"""

import os

# Read when numpy is first imported. Our matrices are small and our processes several: the threads of its
# algebra would spin for processors that other people's pages need, and each brings memory of its own.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
