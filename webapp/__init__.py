"""mon-compte: a member of the fund activates an account or recovers a forgotten password."""
