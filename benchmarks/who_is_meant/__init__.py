"""Makes gold for the person who is meant: chooses articles, shows them to readers, and checks and merges the
rows that the readers write.

    python -m benchmarks.who_is_meant select                       choose the articles and split them
    python -m benchmarks.who_is_meant batches                      list the batches for reading
    python -m benchmarks.who_is_meant show --batch read/1          print the texts of a batch
    python -m benchmarks.who_is_meant check FILE --batch read/1    check what a reader wrote
    python -m benchmarks.who_is_meant compile FILE... --out OUT    turn it into stand-off rows
    python -m benchmarks.who_is_meant agree A B --cases CASES      compare two readers
    python -m benchmarks.who_is_meant adjudicate A B DECISIONS     merge them

Readers see plain text only. The package imports nothing of the library that is measured, and needs nothing
but the standard library. ``benchmarks/gold/GUIDELINES.md`` says what readers mark.
"""
