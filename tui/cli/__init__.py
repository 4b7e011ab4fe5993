"""The command line: one module a group of commands. Public entrance: `tui.cli.root.run_command`."""
