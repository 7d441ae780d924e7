"""The rules: plain values and functions; knows no Telegram, no SQL, no clock."""
