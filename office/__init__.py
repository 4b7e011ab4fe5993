"""What the office does with what is kept: pure rules on records, no screen and no folder."""
