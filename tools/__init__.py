"""Commands for those who build the product; the product itself never runs them."""
