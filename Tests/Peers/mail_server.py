"""A real SMTP server on loopback for the tests: prints its port, then writes each mail it takes to a folder.

usage: mail_server.py FOLDER [CERTIFICATE KEY]; with them STARTTLS and a login are required.
A file of the folder changes its manners: `refuse` has a line for each address that it refuses,
`silent` the command (DATA or QUIT) to which it never answers.
"""
import asyncio
import pathlib
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

folder = pathlib.Path(sys.argv[1])
context = None
if len(sys.argv) == 4:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[2], sys.argv[3])


def words(name):
    return (folder / name).read_text().split() if (folder / name).exists() else []


class Taker:
    count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in words("refuse"):
            return "550 5.1.1 no such user"
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_QUIT(self, server, session, envelope):
        if "QUIT" in words("silent"):
            await asyncio.sleep(3600)
        return "221 bye"

    async def handle_DATA(self, server, session, envelope):
        if "DATA" in words("silent"):
            await asyncio.sleep(3600)
        Taker.count += 1
        lines = [f"X-From: {envelope.mail_from}", f"X-To: {','.join(envelope.rcpt_tos)}",
                 f"X-TLS: {session.ssl is not None}", f"X-Login: {session.authenticated}"]
        head = "\r\n".join(lines).encode() + b"\r\n"
        (folder / f"{Taker.count}.eml").write_bytes(head + envelope.original_content)
        return "250 taken"


def login(server, session, envelope, mechanism, data):
    return AuthResult(success=data.login == b"luutru" and data.password == b"mat khau")


def protocol():
    if context is None:
        return SMTP(Taker())
    return SMTP(Taker(), tls_context=context, require_starttls=True, authenticator=login,
                auth_required=True)


async def main():
    server = await asyncio.get_running_loop().create_server(protocol, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
