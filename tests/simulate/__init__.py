"""A made community for a month: who is asked, who answers, how soon, and how evenly it falls on people.

Everything is made from one seed. Whom to ask is decided by the program's own rule (`bot/domain/matching.py`); what people do when
they are asked is assumed here, in `community.py`, and is the same whichever way they are asked.
"""
