"""How right and how fast the library is, beside its peers: evaluation, floors, peers, speed."""
