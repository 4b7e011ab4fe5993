"""How machines, and the processes of one machine, come to agree on what is in the database."""
