"""What a role sees of a community: people counted on the whole, then cut to the role."""
