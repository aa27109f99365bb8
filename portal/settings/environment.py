"""The one reader of the environment: it collects every mistake and names them together."""

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = Env(eager=False)
env.read_env(BASE_DIR / ".env", recurse=False)
