"""``python -m tollbook`` is the command line."""

from tollbook.cli import app

if __name__ == "__main__":
    app(prog_name="tollbook")
