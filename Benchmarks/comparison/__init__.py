"""What compare.py and growth.py share: the text all engines are held to, the queries, the engines, the records."""
