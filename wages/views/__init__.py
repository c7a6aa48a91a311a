"""Pages of the wages matter by actor: the public, the complainant on the way in, the owner of a case, officials."""
