"""The generator of the demo community; everything it makes is synthetic."""
