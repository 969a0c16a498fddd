"""Fuzzing: generated texts, files, stores and kills, and whether the library withstands them.

    python -m benchmarks.fuzz texts --seed 1 --inputs 1000     # texts, over the public API
    python -m benchmarks.fuzz files --seed 1 --files 200       # corrupted files, through quoteattr run
    python -m benchmarks.fuzz stores --seed 1 --stores 200     # tampered files of Deduplicator
    python -m benchmarks.fuzz kills --seed 1 --times 20        # kills with --resume, and races for one output
    python -m benchmarks.fuzz targets formats --seed 1         # a target of atheris, without it
    python -m benchmarks.fuzz.guided formats                   # the same with it

Everything is a function of the seed: the same command generates the same inputs. Each command prints its seed
and counts, then its findings, each with the smallest input that shows it, and ends with status 1 if there is
one.
"""
