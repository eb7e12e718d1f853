"""How good a ranking is, and whether another one is better.

The gain of a document is 2^grade - 1. nDCG@10 is the sum of gain / log2(rank + 1) over the first ten, divided by that
of the best possible ten; MRR@10 is 1 / rank of the first relevant document among ten; Success@n says whether one is
among n; Recall@100 is the share of the relevant documents among the first hundred.
"""

import math
import random
from itertools import compress

NAMES = ["nDCG@10", "MRR@10", "Success@1", "Success@10", "Recall@100"]
FLIPS = 10_000
LOW_BIT = bytes(value & 1 for value in range(256))


def discounted(gains):
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def measures(ranked, grades):
    """The five figures of one query: documents from the best on, and the grades of the relevant ones."""
    ranked = list(dict.fromkeys(ranked))
    gains = [2 ** grades.get(document, 0) - 1 for document in ranked[:10]]
    ideal = sorted((2 ** grade - 1 for grade in grades.values()), reverse=True)[:10]
    first = next((rank for rank, gain in enumerate(gains, start=1) if gain), None)
    return {
        "nDCG@10": discounted(gains) / discounted(ideal),
        "MRR@10": 1 / first if first else 0.0,
        "Success@1": float(first == 1),
        "Success@10": float(first is not None),
        "Recall@100": sum(document in grades for document in ranked[:100]) / len(grades),
    }


def probability(differences, seed):
    """Two-sided p of a paired randomization test: how often the sum is as far from 0 when each difference has a sign
    by chance. Differences are integers, so that sums are exact."""
    differences = [difference for difference in differences if difference]
    observed, total, as_far = abs(sum(differences)), sum(differences), 0
    flips = random.Random(seed)
    for _ in range(FLIPS if differences else 0):
        flipped = sum(compress(differences, flips.randbytes(len(differences)).translate(LOW_BIT)))
        as_far += abs(total - 2 * flipped) >= observed
    return (as_far + 1) / (FLIPS + 1) if differences else 1.0
