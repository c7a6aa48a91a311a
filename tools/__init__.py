"""Tools of the checkout: the launcher, benchmarks and screenshots. The portal never imports them."""
