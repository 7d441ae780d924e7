"""The crash laboratory: the real program is killed again and again under load, and nothing may be lost or doubled."""
