"""The summary in Word: text, tables and charts that its readers can change."""
