"""The files of ``deploy/`` fit each other and the programs that read them."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.urls import reverse

from portal.catalogues import compiled
from tests.legs import NGINX

ROOT = Path(settings.BASE_DIR)
DEPLOY = ROOT / "deploy"


def compose() -> dict:
    return yaml.safe_load((DEPLOY / "compose.yml").read_text(encoding="utf-8"))


def test_every_catalogue_reaches_the_image() -> None:
    every = {
        path
        for path in ROOT.glob("**/LC_MESSAGES/*.po")
        if not {".venv", "node_modules"} & set(path.relative_to(ROOT).parts)
    }
    assert set(compiled(ROOT)) == every
    assert "portal.catalogues compile" in (DEPLOY / "Dockerfile").read_text(encoding="utf-8")


@pytest.mark.parametrize("secret", [".env", "var", "deploy/.env", "deploy/certificates", ".git"])
def test_nothing_secret_reaches_the_image(secret: str) -> None:
    ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert secret in ignored


def test_compose_gives_every_setting_that_production_asks_for() -> None:
    given = set(compose()["x-portal"]["environment"])
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    asked = set(re.findall(r"\| `([A-Z_]+)` \|.*\| обязательно \|", readme))
    # The image sets it.
    asked -= {"DJANGO_SETTINGS_MODULE"}
    assert {"SECRET_KEY", "DATABASE_URL"} <= asked
    assert asked <= given


def test_files_that_compose_mounts_exist() -> None:
    mounted = [
        volume.split(":")[0]
        for service in compose()["services"].values()
        for volume in service.get("volumes", [])
        if isinstance(volume, str) and volume.startswith("./") and volume.count(".conf")
    ]
    assert len(mounted) == 3
    assert all((DEPLOY / name).exists() for name in mounted)


@pytest.mark.nginx
def test_nginx_accepts_the_configuration(tmp_path: Path) -> None:
    """As it stands, but for the certificate and for folders that only a container has."""
    assert NGINX, "no nginx here; on Debian: apt-get install nginx-light"
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    text = re.sub(r"ssl_certificate(_key)? .*;", "", text)
    text = text.replace("listen 443 ssl http2", "listen 127.0.0.1:8443")
    text = text.replace("listen 80", "listen 127.0.0.1:8480")
    text = text.replace("server web:8000", "server 127.0.0.1:8000")
    text = text.replace("/etc/nginx/portal/", f"{DEPLOY}/")
    text = re.sub(r"/var/(cache|log)/nginx/", f"{tmp_path}/", text)
    folders = "".join(
        f"{name}_temp_path {tmp_path}/{name};"
        for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = tmp_path / "nginx.conf"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log {tmp_path}/error.log;"
        f"events {{}} http {{ {folders} {text} }}",
        encoding="utf-8",
    )
    done = subprocess.run(
        [NGINX, "-t", "-c", str(whole)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_nginx_gives_files_the_policy_that_the_portal_gives_them() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    for place in ("/static/", "/media/"):
        block = text.split(f"location {place} {{")[1].split("}")[0]
        assert f'Content-Security-Policy "{settings.FILE_CONTENT_SECURITY_POLICY}"' in block
        assert "X-Content-Type-Options nosniff" in block


def test_nginx_writes_no_link_of_a_forgotten_password_down() -> None:
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    start = re.search(r"map \$uri \$logged_path .*\(\?<logged_start>(.*?)\)", text)
    assert start
    link = reverse("wagtailadmin_password_reset_confirm", args=["MQ", "token"])
    assert re.match(start[1], link)
    assert '"path":"$logged_path"' in text
