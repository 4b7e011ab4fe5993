"""The language of Vietnamese office papers: words, verbs and what bodies are called."""
