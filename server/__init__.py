"""The HTTP side of the one process: routes, middleware, security headers."""
