"""Runs other quotation extractors on the same gold texts, each in an environment of its own.

    python -m benchmarks.peers textacy --set polnear-dev --save textacy.jsonl
    python -m benchmarks.evaluate polnear-dev --predictions textacy.jsonl

An adapter (``<name>_peer.py``) imports its peer and the standard library only, because it runs under the
peer's Python. docs/evaluation.md says how to make that environment.
"""
