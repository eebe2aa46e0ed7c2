"""A token endpoint for Zendesk's messenger, with http.server and PyJWT.

To run it, set PORT, ZENDESK_KEY_ID and ZENDESK_SECRET, and start: python3 token_endpoint.py
"""

import json
import os
import re
import sys
import time
import traceback
import uuid
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import jwt  # PyJWT, not the package "jwt": pip install PyJWT

LIFETIME_S = 900
MAX_ID_LENGTH = 255
KEY_ID = re.compile(r"app_[0-9a-f]{24}", re.IGNORECASE)

# Replace this by your own session: a user for each session cookie.
USERS = {
    "ada": {"id": 42, "name": "Zoë O’Hara 'the 2nd' 👋", "email": "zoe@shop.example", "email_verified": True},
    "grace": {"id": 7, "name": "Grace"},
}


def find_configuration_fault(key_id, secret):
    """Says what is wrong with the key id and the secret, without their values."""
    for name, value in (("ZENDESK_KEY_ID", key_id), ("ZENDESK_SECRET", secret)):
        if not value:
            return f"{name} is not set: copy it from Zendesk's Admin Center."
        if value != value.strip().strip("'\""):
            return f"{name} has quotes or white space around it: remove them."
    if KEY_ID.fullmatch(secret):
        return "ZENDESK_KEY_ID and ZENDESK_SECRET are exchanged: the key id begins with app_."
    if key_id.startswith("act_"):
        return "ZENDESK_KEY_ID is an API key (act_…): use a key for messaging (app_…)."
    if not KEY_ID.fullmatch(key_id):
        return "ZENDESK_KEY_ID is not a key id: use app_ and 24 hex digits from the Admin Center."
    return None


def sign_token(user, key_id, secret):
    # Zendesk refuses a number: "42", not 42. str(None) would be "None", the same user for everybody.
    external_id = "" if user.get("id") is None else str(user["id"])
    if not 1 <= len(external_id) <= MAX_ID_LENGTH:
        raise ValueError(f"The user's id must have 1 to {MAX_ID_LENGTH} characters, but has {len(external_id)}.")
    # time.time() is a float. datetime.utcnow().timestamp() is wrong by the server's time zone.
    now_s = int(time.time())
    claims = {
        "scope": "user",
        "external_id": external_id,
        "iat": now_s,
        "exp": now_s + LIFETIME_S,
        "jti": uuid.uuid4().hex,  # makes two tokens of the same second differ
    }
    if user.get("name"):
        claims["name"] = user["name"]
    if user.get("email"):
        claims["email"] = user["email"]
        claims["email_verified"] = user["email_verified"]  # True, not "true"
    # The secret is text. It looks like base64, but do not decode it.
    # PyJWT 1 returns bytes: there, add .decode("ascii"). Otherwise the answer has b'…' around the token.
    return jwt.encode(claims, secret, algorithm="HS256", headers={"kid": key_id})


def is_from_another_site(headers):
    """Whether a page of another site sent the request. Browsers that do not send Sec-Fetch-Site send Origin."""
    site = headers.get("Sec-Fetch-Site")
    if site is not None:
        return site != "same-origin"
    origin = headers.get("Origin")
    # A proxy that changes Host makes them differ. Then compare with the host name of your site.
    return origin is not None and origin.split("//")[-1] != headers.get("Host")


class TokenHandler(BaseHTTPRequestHandler):
    def do_POST(self):
        if self.path.split("?")[0] != "/zendesk-token":
            self.answer(404, "There is only /zendesk-token.")
        elif is_from_another_site(self.headers):
            self.answer(403, "Only pages of this site can request a token.")
        elif "prefetch" in (self.headers.get("Sec-Purpose") or self.headers.get("Purpose") or "").lower():
            self.answer(503, "No token for a page that nobody has opened yet.")
        else:
            self.answer_token()

    def answer_token(self):
        # SimpleCookie would find no cookie at all if one of another script has a quote or a comma in it.
        session = re.search(r"(?:^|;\s*)session=([^;]+)", self.headers.get("Cookie", ""))
        user = USERS.get(session[1]) if session else None
        try:
            token = sign_token(user, os.environ["ZENDESK_KEY_ID"], os.environ["ZENDESK_SECRET"]) if user else None
            self.answer(200, json.dumps({"token": token}), "application/json")
        except Exception:
            traceback.print_exc()
            self.answer(500, "The token could not be signed.")

    def refuse_method(self):
        self.answer(405, "Send a POST.", allow="POST")

    do_GET = do_HEAD = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = refuse_method

    # Without CORS headers, no other site can read the answer.
    def answer(self, status, text, content_type="text/plain; charset=utf-8", allow=None):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        if allow:
            self.send_header("Allow", allow)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


if __name__ == "__main__":
    fault = find_configuration_fault(os.environ.get("ZENDESK_KEY_ID"), os.environ.get("ZENDESK_SECRET"))
    if fault:
        sys.exit(fault)
    ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "3000"))), TokenHandler).serve_forever()
