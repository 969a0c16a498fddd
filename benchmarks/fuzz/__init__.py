"""Fuzzing: runs the library on generated texts, damaged files and stores, and kills it at random moments.

    python -m benchmarks.fuzz texts --seed 1 --inputs 1000     # texts, over the public API
    python -m benchmarks.fuzz files --seed 1 --files 200       # corrupted files, through quoteattr run
    python -m benchmarks.fuzz stores --seed 1 --stores 200     # tampered files of Deduplicator
    python -m benchmarks.fuzz kills --seed 1 --times 20        # kills with --resume, and races for one output
    python -m benchmarks.fuzz targets formats --seed 1         # a target of atheris, without atheris
    python -m benchmarks.fuzz.guided formats                   # the same target with atheris

The inputs depend only on the seed, so the same command generates the same inputs. Each command prints its
seed and counts, then its findings, each with the smallest input that shows it. The exit status is 1 if there
is a finding.
"""
