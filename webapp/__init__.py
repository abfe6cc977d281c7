"""mon-compte: a CNOPS member activates an account or recovers a forgotten password."""
