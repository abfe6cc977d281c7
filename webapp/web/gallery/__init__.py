"""The gallery: every partial in every state it can be in, for whoever draws and for whatever looks at all of them."""
