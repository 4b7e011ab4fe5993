"""thuky completion: what a shell needs to complete our command lines."""

from click.shell_completion import ShellComplete, get_completion_class

from schema.errors import N_
from tui.arguments import COMPLETING, WrongUsage
from tui.cli.command import Argument, Command
from tui.cli.desk import Desk

SHELLS = ("bash", "zsh", "fish")


def _completion(desk: Desk, shell: str) -> None:
    found = get_completion_class(shell) if shell in SHELLS else None
    if found is None:
        raise WrongUsage(
            N_("Không biết shell “{shell}”; có: {shells}."), shell=shell, shells=", ".join(SHELLS)
        )
    from tui.cli.root import thuky

    # Not the class's own source(), which first asks the shell for its version.
    script = ShellComplete.source(found(thuky, {}, "thuky", COMPLETING))
    if desk.common.json:
        desk.json({"shell": shell, "script": script})
    else:
        desk.text(script)


completion = Command(
    "completion",
    N_('In kịch bản hoàn thành lệnh cho bash, zsh hoặc fish: eval "$(thuky completion bash)".'),
    callback=_completion,
    params=[Argument("shell", "|".join(SHELLS))],
)
