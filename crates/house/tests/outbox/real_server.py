"""A mail server for the stories: STARTTLS first, then a password, then letters into a Maildir.

    real_server.py CERTIFICATE KEY FOLDER

Prints its port, and serves until it is killed.
"""

import socket
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Mailbox
from aiosmtpd.smtp import AuthResult, LoginPassword

PASSWORD = "đúng mật khẩu".encode()


def authenticate(server, session, envelope, mechanism, data):
    right = isinstance(data, LoginPassword) and (data.login, data.password) == (b"loa", PASSWORD)
    return AuthResult(success=right, handled=right)


with socket.socket() as probe:  # A port that nobody has.
    probe.bind(("localhost", 0))
    port = probe.getsockname()[1]

context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
context.load_cert_chain(sys.argv[1], sys.argv[2])
controller = Controller(
    Mailbox(sys.argv[3]),
    hostname="localhost",
    port=port,
    tls_context=context,
    require_starttls=True,
    auth_required=True,
    authenticator=authenticate,
)
controller.start()
print(port, flush=True)
threading.Event().wait()
