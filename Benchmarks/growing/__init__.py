"""What growth.py is made of: corpora that grow, and a chart of what grows with them."""
