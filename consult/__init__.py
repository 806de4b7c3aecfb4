"""consult: community consultations in people's mother tongue.

This package root stays empty on purpose: ``consult survey check`` must not pay for a web
framework. The applications are built in :mod:`consult.surfaces`.
"""
