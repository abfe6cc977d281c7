"""Where vendors live, one file each: every port that the product needs is served from here."""
