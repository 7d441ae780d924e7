"""What people read: complete in both languages, fit for Telegram, and safe whatever people call themselves."""
