"""A mail server that does what a test orders.

It prints its port, then one line of JSON for each letter it takes. Orders stand in the file named on the command
line, one a line, and are used up in turn: a status such as `451`, or `drop`. With no order left it takes the letter.
"""

import asyncio
import json
import sys
from pathlib import Path

from aiosmtpd.smtp import SMTP

ORDERS = Path(sys.argv[1])


def next_order():
    lines = ORDERS.read_text().split()
    if not lines:
        return None
    ORDERS.write_text("\n".join(lines[1:]))
    return lines[0]


class Handler:
    async def handle_DATA(self, server, session, envelope):
        order = next_order()
        if order == "drop":
            server.transport.abort()
            return "451 never said"
        if order:
            return f"{order} as ordered"
        letter = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "text": envelope.content.decode()}
        print(json.dumps(letter), flush=True)
        return "250 taken"


async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Handler(), hostname="here"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
