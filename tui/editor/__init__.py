"""The minutes editor: lines over a mergeable text, wrapped, drawn a row at a time."""
