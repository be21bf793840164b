"""Judges a ledger's tree with pymerkle: log.py FACTS.json; prints PASS or what differs.

FACTS holds `entries` (the lines), `old` and `new` (size, root in base64), `index`, `inclusion`
and `consistency` (hashes in base64).
"""

import base64
import hashlib
import json
import sys

from pymerkle import InmemoryTree, InvalidProof, verify_consistency, verify_inclusion
from pymerkle.proof import MerkleProof


def raw(text):
    """The bytes of a hash."""
    return base64.b64decode(text, validate=True)


def refused(check, *values):
    """Whether a check says no."""
    try:
        check(*values)
    except InvalidProof:
        return True
    return False


def path_of(theirs, ours):
    """Their proof over our hashes: the same shape, so only the hashes are exchanged."""
    return MerkleProof("sha256", True, theirs.size, theirs.rule, theirs.subset, ours)


def agrees(old, new, path):
    """The check of RFC 9162 §2.1.4.2: whether a path leads from the old root to the new one."""

    def joined(left, right):
        return hashlib.sha256(b"\x01" + left + right).digest()

    place, last = old["size"] - 1, new["size"] - 1
    path = list(path)
    if old["size"] & place == 0:
        path.insert(0, raw(old["root"]))
    while place & 1:
        place, last = place >> 1, last >> 1
    first = second = path[0]
    for node in path[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            first, second = joined(node, first), joined(node, second)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            second = joined(second, node)
        place, last = place >> 1, last >> 1
    return last == 0 and first == raw(old["root"]) and second == raw(new["root"])


def main():
    """Compares roots, then lets pymerkle verify our proofs and refuse tampered roots."""
    with open(sys.argv[1], encoding="utf-8") as file:
        facts = json.load(file)
    tree = InmemoryTree(algorithm="sha256")
    for line in facts["entries"]:
        tree.append_entry(line.encode("utf-8"))
    old, new, index = facts["old"], facts["new"], facts["index"]
    assert tree.get_state(old["size"]) == raw(old["root"]), "old root"
    assert tree.get_state(new["size"]) == raw(new["root"]), "new root"
    leaf = tree.get_leaf(index + 1)
    theirs = tree.prove_inclusion(index + 1, new["size"])
    ours = [raw(text) for text in facts["inclusion"]]
    # pymerkle keeps the leaf in the path, and orders it from the left end of the tree.
    assert sorted(ours + [leaf]) == sorted(theirs.path), "inclusion path"
    verify_inclusion(leaf, raw(new["root"]), path_of(theirs, theirs.path))
    theirs = tree.prove_consistency(old["size"], new["size"])
    ours = [raw(text) for text in facts["consistency"]]
    # Its path is another than the RFC's, so ours is walked between the roots that it found.
    assert agrees(old, new, ours), "consistency path"
    assert not agrees(old, new, [*ours[:-1], bytes(32)]), "tampered path accepted"
    verify_consistency(raw(old["root"]), raw(new["root"]), theirs)
    wrong = bytes([raw(new["root"])[0] ^ 1]) + raw(new["root"])[1:]
    assert refused(verify_consistency, raw(old["root"]), wrong, theirs), "tampered root accepted"
    assert refused(verify_inclusion, leaf, wrong, tree.prove_inclusion(index + 1, new["size"]))
    print("PASS")


main()
