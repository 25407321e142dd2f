using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Sluice.Cli.Tests.Support;

/// <summary>
/// Loopback ports that were free a moment ago. Each is given once: listeners of Sluice share a port with whoever else listens there. None is
/// of those that the kernel gives to connections (from 32768 on).
/// </summary>
internal static class FreePort
{
    private static readonly ConcurrentDictionary<int, bool> Given = new();

    public static int Next()
    {
        while (true)
        {
            var port = Random.Shared.Next(10_000, 32_000);
            if (!Given.TryAdd(port, true))
                continue;
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }
}
