"""Everything that is printed: sheets for when the program or Telegram is down."""
