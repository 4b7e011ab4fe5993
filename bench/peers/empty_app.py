"""The least that a Textual app can be: its start is what Textual itself costs."""

from textual.app import App

if __name__ == "__main__":
    App[None]().run()
