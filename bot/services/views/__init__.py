"""What a text needs to know, read when it is sent: one function a kind of notice, from ids to plain values.

Each takes (tx, notice, look): `look` says for whom, in which message, and when.
"""
