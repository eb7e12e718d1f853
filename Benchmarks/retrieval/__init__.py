"""What ranking.py is made of: collections with judged answers, measures of a ranking, and tests of differences."""
