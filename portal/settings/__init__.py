"""Settings by place of use: dev (the embedded default), test, production."""
