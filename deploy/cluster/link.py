"""The cable between one node and its services: a TCP proxy of its own process.

Paused, it is a cable that was cut: connections stay open and nothing passes. Killed, connections break. Each argument
is `listening port:port behind it`.
"""

import asyncio
import contextlib
import sys

CHUNK_BYTES = 65536


async def carry(reader, writer):
    with contextlib.suppress(OSError):
        while chunk := await reader.read(CHUNK_BYTES):
            writer.write(chunk)
            await writer.drain()
    with contextlib.suppress(OSError, RuntimeError):
        writer.close()


def towards(port):
    async def connected(reader, writer):
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", port)
        except OSError:
            writer.close()
            return
        await asyncio.gather(carry(reader, far_writer), carry(far_reader, writer))
    return connected


async def main(pairs):
    for pair in pairs:
        near, far = map(int, pair.split(":"))
        await asyncio.start_server(towards(far), "127.0.0.1", near)
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
